using TaskGrain.Evaluation;
using TaskGrain.Labels;

namespace TaskGrain.Explain.Reports;

/// <summary>A row of the paper's Tables 6 and 8, in percent.</summary>
/// <param name="Bleu4">BLEU@4.</param>
/// <param name="RougeL">ROUGE-L.</param>
/// <param name="Meteor">METEOR.</param>
/// <param name="ExactMatch">Exact match.</param>
/// <param name="Top1">Classification.</param>
internal sealed record PaperCaptions(double Bleu4, double RougeL, double Meteor, double ExactMatch, double Top1);

/// <summary>The paper's Tables 1, 2, 6 and 8, on Something-Something V2; percent.</summary>
internal static class PaperFigures
{
    private static readonly Dictionary<string, (double Validation, double Test)> Table1 = new(StringComparer.Ordinal)
    {
        ["M(256-0)"] = (50.06, 48.84),
        ["M(512-0)"] = (51.96, 51.15),
        ["M(384-128)"] = (51.11, 49.96),
        ["M(256-256)"] = (51.62, 50.44),
        ["M(128-384)"] = (50.82, 49.57),
        ["M(0-512)"] = (39.78, 37.80),
        ["M(0-256)"] = (40.20, 38.83),
    };

    private static readonly Dictionary<string, PaperCaptions> Table6 = new(StringComparer.Ordinal)
    {
        ["M(256-0)"] = new(22.75, 44.54, 22.40, 8.46, 50.64),
        ["M(512-0)"] = new(23.28, 45.29, 22.75, 8.47, 50.96),
        ["M(384-128)"] = new(23.02, 44.86, 22.58, 8.53, 50.73),
        ["M(256-256)"] = new(23.04, 44.89, 22.60, 8.63, 51.38),
        ["M(128-384)"] = new(22.76, 44.40, 22.39, 8.33, 50.04),
    };

    private static readonly Dictionary<string, PaperCaptions> Table8 = new(StringComparer.Ordinal)
    {
        ["M(256-0)"] = new(16.87, 40.03, 19.13, 3.33, 50.48),
        ["M(512-0)"] = new(16.92, 40.54, 19.26, 3.36, 49.81),
        ["M(384-128)"] = new(17.99, 41.82, 20.03, 3.80, 50.92),
        ["M(256-256)"] = new(17.61, 41.28, 19.69, 3.76, 50.36),
        ["M(128-384)"] = new(16.80, 39.98, 19.11, 3.61, 49.24),
    };

    /// <summary>Top-1 accuracy in the paper; null for what it has not measured.</summary>
    /// <param name="row">The same measurement here.</param>
    /// <param name="architecture">The encoder.</param>
    /// <param name="split">The split.</param>
    public static double? Top1(AccuracyRow row, string architecture, Split split) =>
        (row.Method, row.TrainedOn, row.TestedOn) switch
        {
            (AccuracyMethod.Classifier, Granularity.ActionCategories, Granularity.ActionCategories)
                when Table1.TryGetValue(architecture, out var both) => split switch
            {
                Split.Validation => both.Validation,
                Split.Test => both.Test,
                _ => null,
            },
            (AccuracyMethod.Classifier, { } captions, Granularity.ActionCategories) when captions.IsCaption() =>
                Captions(captions, architecture)?.Top1,
            (AccuracyMethod.Classifier, Granularity.ActionGroups, Granularity.ActionGroups) => 57.6,
            (AccuracyMethod.SummedFromFiner, Granularity.ActionCategories, Granularity.ActionGroups) => 62.5,
            (AccuracyMethod.LinearProbe, Granularity.ActionGroups, Granularity.ActionCategories) => 41.7,
            (AccuracyMethod.MostFrequentOfGroup, Granularity.ActionGroups, Granularity.ActionCategories) => 23.8,
            _ => null,
        };

    /// <summary>The paper's captions at λ 0.1; null for what it has not measured.</summary>
    /// <param name="grain">Simplified or full captions.</param>
    /// <param name="architecture">The encoder.</param>
    public static PaperCaptions? Captions(Granularity grain, string architecture) =>
        grain switch
        {
            Granularity.SimplifiedCaptions => Table6.GetValueOrDefault(architecture),
            Granularity.Captions => Table8.GetValueOrDefault(architecture),
            _ => null,
        };
}
