using System.Globalization;
using TaskGrain.Models;

namespace TaskGrain.Evaluation;

/// <summary>A row of Table 1, in percent.</summary>
internal sealed record PaperAccuracy(EncoderArchitecture Architecture, double Validation, double Test);

/// <summary>What the paper's tables of captions have of a model, in percent; null where it gives no figure.</summary>
/// <param name="Bleu4">BLEU@4.</param>
/// <param name="RougeL">ROUGE-L.</param>
/// <param name="Meteor">METEOR.</param>
/// <param name="ExactMatch">Captions that are right word for word.</param>
/// <param name="Classification">Top-1 on the 174 categories.</param>
internal sealed record PaperCaptions(
    double? Bleu4,
    double? RougeL,
    double? Meteor,
    double ExactMatch,
    double Classification
);

/// <summary>A row of Tables 6 and 8.</summary>
internal sealed record PaperCaptioning(EncoderArchitecture Architecture, PaperCaptions Scores);

/// <summary>What the paper measured on frozen ImageNet networks, in percent.</summary>
internal sealed record PaperFrameAccuracy(double VGG16, double ResNet152);

/// <summary>The paper's own numbers on Something-Something V2, in percent, to be set beside ours.</summary>
internal static class PaperFigures
{
    /// <summary>Table 1: top-1 on the 174 categories.</summary>
    public static IReadOnlyList<PaperAccuracy> Table1 { get; } =
    [
        new(new(256, 0), 50.06, 48.84),
        new(new(512, 0), 51.96, 51.15),
        new(new(384, 128), 51.11, 49.96),
        new(new(256, 256), 51.62, 50.44),
        new(new(128, 384), 50.82, 49.57),
        new(new(0, 512), 39.78, 37.80),
        new(new(0, 256), 40.20, 38.83),
    ];

    /// <summary>Table 2: trained on groups, tested on groups.</summary>
    public const double CoarseAtCoarse = 57.6;

    /// <summary>Table 2: trained on groups, frozen, a linear classifier for categories.</summary>
    public const double CoarseProbedFine = 41.7;

    /// <summary>Table 2: trained on categories, tested on groups.</summary>
    public const double FineAtCoarse = 62.5;

    /// <summary>Tables 1 and 2: M(256-256) trained on categories, tested on categories.</summary>
    public const double FineAtFine = 50.44;

    /// <summary>Table 2: the most frequent category of the predicted group.</summary>
    public const double MostFrequentOfGroup = 23.8;

    /// <summary>Table 3: a two-layer perceptron on the middle frame.</summary>
    public static PaperFrameAccuracy MiddleFrame { get; } = new(13.29, 13.62);

    /// <summary>Table 3: the same on every frame, its predictions averaged.</summary>
    public static PaperFrameAccuracy AveragedFrames { get; } = new(17.57, 16.79);

    /// <summary>Table 3: an LSTM over the frames.</summary>
    public static PaperFrameAccuracy FrameLstm { get; } = new(31.69, 28.82);

    /// <summary>Table 4: full captions from VGG16 and an LSTM.</summary>
    public static PaperCaptions VGG16Captions { get; } = new(31.83, 52.22, 24.79, 3.13, 31.69);

    /// <summary>Table 4: full captions from ResNet152 and an LSTM.</summary>
    public static PaperCaptions ResNet152Captions { get; } = new(31.93, 51.76, 24.19, 3.25, 28.82);

    /// <summary>Table 6: simplified captions, λ = 0.1.</summary>
    public static IReadOnlyList<PaperCaptioning> Table6 { get; } =
    [
        new(new(256, 0), new(22.75, 44.54, 22.40, 8.46, 50.64)),
        new(new(512, 0), new(23.28, 45.29, 22.75, 8.47, 50.96)),
        new(new(384, 128), new(23.02, 44.86, 22.58, 8.53, 50.73)),
        new(new(256, 256), new(23.04, 44.89, 22.60, 8.63, 51.38)),
        new(new(128, 384), new(22.76, 44.40, 22.39, 8.33, 50.04)),
    ];

    /// <summary>Table 7: simplified captions, λ = 0.</summary>
    public static PaperCaptions CaptionsAlone { get; } = new(null, null, null, 5.96, 39.78);

    /// <summary>Table 7: simplified captions, λ = 0.1.</summary>
    public static PaperCaptions Joint { get; } = new(null, null, null, 8.63, 51.32);

    /// <summary>Section 5.3.1: exact match of the template baseline, simplified captions.</summary>
    public const double SimplifiedTemplate = 5.69;

    /// <summary>Section 5.3.1: exact match of the template baseline, full captions.</summary>
    public const double FullTemplate = 3.15;

    /// <summary>Table 8: full captions, λ = 0.1.</summary>
    public static IReadOnlyList<PaperCaptioning> Table8 { get; } =
    [
        new(new(256, 0), new(16.87, 40.03, 19.13, 3.33, 50.48)),
        new(new(512, 0), new(16.92, 40.54, 19.26, 3.36, 49.81)),
        new(new(384, 128), new(17.99, 41.82, 20.03, 3.80, 50.92)),
        new(new(256, 256), new(17.61, 41.28, 19.69, 3.76, 50.36)),
        new(new(128, 384), new(16.80, 39.98, 19.11, 3.61, 49.24)),
    ];

    /// <summary>One of these numbers in a table, with as many decimals as the paper has; nothing for null.</summary>
    /// <param name="percent">Percent; null where the paper has none.</param>
    public static string Fine(double? percent) => percent?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    /// <summary>One of these numbers with the one decimal that our means have; nothing for null.</summary>
    /// <param name="percent">Percent; null where the paper has none.</param>
    public static string Of(double? percent) => percent?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}
