namespace TaskGrain.Lab.Baselines;

/// <summary>The paper's Tables 3 and 4, on Something-Something V2 with its 174 categories; percent.</summary>
internal static class PaperBaselines
{
    /// <summary>Table 3's figure for VGG16 and for ResNet152; null for what the paper has not measured.</summary>
    public static (string VGG16, string ResNet152)? Accuracy(BaselineMethod method) =>
        method switch
        {
            BaselineMethod.MiddleFrame => ("13.29", "13.62"),
            BaselineMethod.AveragedFrames => ("17.57", "16.79"),
            BaselineMethod.Lstm => ("31.69", "28.82"),
            _ => null,
        };

    /// <summary>M(256-256) on the test clips, Table 1.</summary>
    public const string Encoder = "50.44";

    /// <summary>Table 4 and the rows of Table 8 and Section 5.3.1 that belong beside it.</summary>
    public static IReadOnlyList<PaperCaptions> Captions { get; } =
    [
        new("VGG16+LSTM", "31.83", "52.22", "24.79", "3.13", "31.69"),
        new("ResNet152+LSTM", "31.93", "51.76", "24.19", "3.25", "28.82"),
        new("template baseline on M(256-256)", "", "", "", "3.15", "50.44"),
        new("M(256-256), full captions", "17.61", "41.28", "19.69", "3.76", "50.36"),
    ];
}

/// <summary>A row of the paper's caption tables; percent, empty where it has no figure.</summary>
internal sealed record PaperCaptions(
    string Name,
    string Bleu4,
    string RougeL,
    string Meteor,
    string ExactMatch,
    string Classification
);
