using System.Globalization;
using MathNet.Numerics.Statistics;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>How much joint training at the equal division differs between training seeds.</summary>
internal static class StabilityTable
{
    private static readonly SourceTask Task = SourceTask.CaptionsJoint;

    /// <summary>Adds the table; nothing where nothing was measured.</summary>
    /// <param name="page">Receives it.</param>
    /// <param name="measured">What was measured.</param>
    public static void Add(StudyPage page, PartMeasurements measured)
    {
        PaperArchitecture equal = ReproductionPlan.Equal(measured.Recipe);
        if (measured.Begin(page, PaperPart.Stability, "How stable the training recipe is") is not { } seeds)
        {
            return;
        }

        (string Name, Func<SeedMeasurements, double?> Value)[] figures =
        [
            ("categories, top-1", seed => Category(seed, AccuracyMethod.Classifier)),
            ("categories, linear probe", seed => Category(seed, AccuracyMethod.LinearProbe)),
            ("captions, exact match", seed => Scores(seed)?.ExactMatch),
            ("captions, BLEU-4", seed => Scores(seed)?.Bleu4),
            ("captions, ROUGE-L", seed => Scores(seed)?.RougeL),
            ("captions, METEOR", seed => Scores(seed)?.Meteor),
        ];
        page.Paragraph($"{equal.Paper} ({equal.Ours} here), captions and categories together.")
            .Table(
                [
                    "figure",
                    Number("seeds"),
                    Number("mean and its interval"),
                    Number("standard deviation"),
                    Number("lowest"),
                    Number("highest"),
                ],
                [
                    .. figures
                        .Select(figure => (figure.Name, Values: seeds.Select(figure.Value).OfType<double>().ToArray()))
                        .Where(figure => figure.Values.Length > 1)
                        .Select(figure => Row(figure.Name, figure.Values)),
                ]
            );

        double? Category(SeedMeasurements seed, AccuracyMethod method) =>
            PartMeasurements.Top1(seed, Task, equal, method, Granularity.ActionCategories);

        CaptionScores? Scores(SeedMeasurements seed) =>
            PartMeasurements.Of(seed, Task, equal)?.Caption(CaptionMethod.Decoder)?.Scores;
    }

    private static string[] Row(string name, double[] values) =>
        [
            name,
            values.Length.ToString(CultureInfo.InvariantCulture),
            StudyPage.Mean(values),
            Percent.Of(values.StandardDeviation()),
            Percent.Of(values.Min()),
            Percent.Of(values.Max()),
        ];
}
