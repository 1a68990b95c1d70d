using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Training;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// What studies compare of one trained model: rows of its evaluation; null where it has no such head.
/// </summary>
internal sealed record StudyMeasurement
{
    /// <summary>Test clips.</summary>
    public required int Clips { get; init; }

    /// <summary>The model's own classifier on action categories.</summary>
    public AccuracyRow? Categories { get; init; }

    /// <summary>A linear classifier of action categories on the frozen features.</summary>
    public AccuracyRow? Probe { get; init; }

    /// <summary>The model's captions, greedy.</summary>
    public CaptionRow? Captions { get; init; }

    /// <summary>The template baseline: the predicted category with its likeliest objects.</summary>
    public CaptionRow? Template { get; init; }

    /// <summary>The captions of the nearest training clips on the encoding.</summary>
    public CaptionRow? Nearest { get; init; }

    /// <summary>The classes of the model's own classifier, one by one.</summary>
    public IReadOnlyList<ClassResult>? PerClass { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Takes the rows out of an evaluation.</summary>
    /// <param name="report">The evaluation of the model on the test split, with a linear probe on categories.</param>
    /// <param name="trained">How the model was trained.</param>
    /// <returns>The rows.</returns>
    public static StudyMeasurement Of(EvaluationReport report, TrainingResult trained)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(trained);
        return new StudyMeasurement
        {
            Clips = report.Clips,
            Categories = report.Accuracy(AccuracyMethod.Classifier, Granularity.ActionCategories),
            Probe = report.Accuracy(AccuracyMethod.LinearProbe, Granularity.ActionCategories),
            Captions = report.Caption(CaptionMethod.Decoder),
            Template = report.Caption(CaptionMethod.Template),
            Nearest = report.Caption(CaptionMethod.NearestClip),
            PerClass = report.PerClass,
            TrainingSeconds = trained.Seconds,
        };
    }
}
