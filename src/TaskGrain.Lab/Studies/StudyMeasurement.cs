using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using TaskGrain.Training;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// The numbers of one trained model that studies compare. Shares are in [0, 1]; null where the model has no such head.
/// </summary>
public sealed record StudyMeasurement
{
    /// <summary>Test clips.</summary>
    public required int Clips { get; init; }

    /// <summary>Top-1 accuracy of the model's own classifier on action categories.</summary>
    public double? Categories { get; init; }

    /// <summary>Top-1 accuracy on action groups: the model's own, or by summing the categories of each group.</summary>
    public double? Groups { get; init; }

    /// <summary>Top-1 accuracy on categories of a linear classifier on the frozen features.</summary>
    public double? Probe { get; init; }

    /// <summary>The model's captions, greedy.</summary>
    public CaptionScores? Captions { get; init; }

    /// <summary>The template baseline: the predicted category with its likeliest objects.</summary>
    public CaptionScores? Template { get; init; }

    /// <summary>The captions of the nearest training clips on the encoding.</summary>
    public CaptionScores? Nearest { get; init; }

    /// <summary>Recall of each category, by name, of the model's own classifier.</summary>
    public IReadOnlyDictionary<string, double>? Recall { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Takes the numbers out of an evaluation.</summary>
    /// <param name="report">The evaluation of the model on the test split, with a linear probe on categories.</param>
    /// <param name="trained">How the model was trained.</param>
    /// <returns>The numbers.</returns>
    public static StudyMeasurement Of(EvaluationReport report, TrainingResult trained)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(trained);
        bool isProbe(AccuracyRow row) => row.How.StartsWith("linear classifier", StringComparison.Ordinal);
        double? Own(Granularity grain) =>
            report
                .Accuracies.FirstOrDefault(row => row.TrainedOn is not null && row.TestedOn == grain && !isProbe(row))
                ?.Top1;
        CaptionScores? Caption(string start) =>
            report.Captions.FirstOrDefault(row => row.How.StartsWith(start, StringComparison.Ordinal))?.Scores;
        return new StudyMeasurement
        {
            Clips = report.Clips,
            Categories = Own(Granularity.ActionCategories),
            Groups = Own(Granularity.ActionGroups),
            Probe = report.Accuracies.FirstOrDefault(isProbe)?.Top1,
            Captions = Caption("greedy"),
            Template = Caption("predicted category"),
            Nearest = Caption("nearest"),
            Recall = report
                .PerClass?.Where(c => c.Recall is not null)
                .ToDictionary(c => c.Name, c => c.Recall!.Value, StringComparer.Ordinal),
            TrainingSeconds = trained.Seconds,
        };
    }
}
