using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Labels;

namespace TaskGrain.Lab.Baselines;

/// <summary>The paper's figures beside those of the frame baselines (Tables 3 and 4).</summary>
internal static class PaperBaselines
{
    /// <summary>Table 3's figures; null for what the paper has not measured.</summary>
    public static PaperFrameAccuracy? Accuracy(BaselineMethod method) =>
        method switch
        {
            BaselineMethod.MiddleFrame => PaperFigures.MiddleFrame,
            BaselineMethod.AveragedFrames => PaperFigures.AveragedFrames,
            BaselineMethod.Lstm => PaperFigures.FrameLstm,
            _ => null,
        };

    /// <summary>Table 4 and the rows of Table 8 and Section 5.3.1 that belong beside it.</summary>
    public static IReadOnlyList<(string Name, PaperCaptions Scores)> Captions { get; } =
    [
        ("VGG16+LSTM", PaperFigures.VGG16Captions),
        ("ResNet152+LSTM", PaperFigures.ResNet152Captions),
        (
            "template baseline on M(256-256)",
            new PaperCaptions(null, null, null, PaperFigures.FullTemplate, PaperFigures.FineAtFine)
        ),
        ("M(256-256), full captions", PaperComparison.Captions(Granularity.Captions, "M(256-256)")!),
    ];
}
