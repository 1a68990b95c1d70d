using TaskGrain.Evaluation;
using TaskGrain.Labels;

namespace TaskGrain.Explain.Reports;

/// <summary>Which of the paper's figures stands beside a measurement of ours.</summary>
internal static class PaperComparison
{
    /// <summary>Top-1 accuracy in the paper, in percent; null for what it has not measured.</summary>
    /// <param name="row">The same measurement here.</param>
    /// <param name="architecture">The encoder.</param>
    /// <param name="split">The split.</param>
    public static double? Top1(AccuracyRow row, string architecture, Split split) =>
        (row.Method, row.TrainedOn, row.TestedOn) switch
        {
            (AccuracyMethod.Classifier, Granularity.ActionCategories, Granularity.ActionCategories) => OfCategories(
                architecture,
                split
            ),
            (AccuracyMethod.Classifier, { } captions, Granularity.ActionCategories) when captions.IsCaption() =>
                Captions(captions, architecture)?.Classification,
            (AccuracyMethod.Classifier, Granularity.ActionGroups, Granularity.ActionGroups) =>
                PaperFigures.CoarseAtCoarse,
            (AccuracyMethod.SummedFromFiner, Granularity.ActionCategories, Granularity.ActionGroups) =>
                PaperFigures.FineAtCoarse,
            (AccuracyMethod.LinearProbe, Granularity.ActionGroups, Granularity.ActionCategories) =>
                PaperFigures.CoarseProbedFine,
            (AccuracyMethod.MostFrequentOfGroup, Granularity.ActionGroups, Granularity.ActionCategories) =>
                PaperFigures.MostFrequentOfGroup,
            _ => null,
        };

    /// <summary>The paper's captions at λ 0.1; null for what it has not measured.</summary>
    /// <param name="grain">Simplified or full captions.</param>
    /// <param name="architecture">The encoder.</param>
    public static PaperCaptions? Captions(Granularity grain, string architecture)
    {
        IReadOnlyList<PaperCaptioning> table = grain switch
        {
            Granularity.SimplifiedCaptions => PaperFigures.Table6,
            Granularity.Captions => PaperFigures.Table8,
            _ => [],
        };
        return table.FirstOrDefault(row => row.Architecture.ToString() == architecture)?.Scores;
    }

    private static double? OfCategories(string architecture, Split split)
    {
        PaperAccuracy? paper = PaperFigures.Table1.FirstOrDefault(row => row.Architecture.ToString() == architecture);
        return split switch
        {
            Split.Validation => paper?.Validation,
            Split.Test => paper?.Test,
            _ => null,
        };
    }
}
