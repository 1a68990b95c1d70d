using System.Globalization;
using TaskGrain.Models;

namespace TaskGrain.Lab.Reproduction;

/// <summary>A row of Table 1, in percent.</summary>
internal sealed record PaperAccuracy(EncoderArchitecture Architecture, double Validation, double Test);

/// <summary>A row of Tables 6 and 8, in percent.</summary>
internal sealed record PaperCaptioning(
    EncoderArchitecture Architecture,
    double Bleu4,
    double RougeL,
    double Meteor,
    double ExactMatch,
    double Classification
);

/// <summary>The paper's own numbers on Something-Something V2, to be set beside ours.</summary>
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

    /// <summary>Table 2: trained on categories, tested on categories.</summary>
    public const double FineAtFine = 50.44;

    /// <summary>Table 2: the most frequent category of the predicted group.</summary>
    public const double MostFrequentOfGroup = 23.8;

    /// <summary>Table 6: simplified captions, λ = 0.1.</summary>
    public static IReadOnlyList<PaperCaptioning> Table6 { get; } =
    [
        new(new(256, 0), 22.75, 44.54, 22.40, 8.46, 50.64),
        new(new(512, 0), 23.28, 45.29, 22.75, 8.47, 50.96),
        new(new(384, 128), 23.02, 44.86, 22.58, 8.53, 50.73),
        new(new(256, 256), 23.04, 44.89, 22.60, 8.63, 51.38),
        new(new(128, 384), 22.76, 44.40, 22.39, 8.33, 50.04),
    ];

    /// <summary>Table 7: exact match and classification with λ = 0.</summary>
    public static (double ExactMatch, double Classification) CaptionsAlone { get; } = (5.96, 39.78);

    /// <summary>Table 7: exact match and classification with λ = 0.1.</summary>
    public static (double ExactMatch, double Classification) Joint { get; } = (8.63, 51.32);

    /// <summary>Section 5.3.1: exact match of the template baseline, simplified and full captions.</summary>
    public static (double Simplified, double Full) Template { get; } = (5.69, 3.15);

    /// <summary>Table 8: full captions, λ = 0.1.</summary>
    public static IReadOnlyList<PaperCaptioning> Table8 { get; } =
    [
        new(new(256, 0), 16.87, 40.03, 19.13, 3.33, 50.48),
        new(new(512, 0), 16.92, 40.54, 19.26, 3.36, 49.81),
        new(new(384, 128), 17.99, 41.82, 20.03, 3.80, 50.92),
        new(new(256, 256), 17.61, 41.28, 19.69, 3.76, 50.36),
        new(new(128, 384), 16.80, 39.98, 19.11, 3.61, 49.24),
    ];

    /// <summary>One of the paper's numbers as a table shows it.</summary>
    /// <param name="percent">Percent; null where the paper has none.</param>
    public static string Cell(double? percent) => percent?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}
