using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>
/// One line of a table in the form of the paper's Tables 1 and 2, as counts; the shares are derived from them, the
/// words from <see cref="Method"/>.
/// </summary>
public sealed record AccuracyRow
{
    /// <summary>How the answers came about.</summary>
    public required AccuracyMethod Method { get; init; }

    /// <summary>The grain the model was trained at; null for a baseline that sees no video.</summary>
    public Granularity? TrainedOn { get; init; }

    /// <summary>The classes it is tested on: groups or categories.</summary>
    public required Granularity TestedOn { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Clips measured, at least 1.</summary>
    public required int Clips { get; init; }

    /// <summary>Clips whose answer is right; null for <see cref="AccuracyMethod.Chance"/>.</summary>
    public int? Right { get; init; }

    /// <summary>
    /// Clips whose true class is among the <see cref="TopCount"/> best; null where there is no ranking.
    /// </summary>
    public int? RightInTop { get; init; }

    /// <summary>The k of <see cref="TopK"/>: 5, or fewer where there are fewer classes.</summary>
    public int? TopCount { get; init; }

    /// <summary>Mean recall over the classes that have clips; null where it says nothing.</summary>
    public double? MeanClassAccuracy { get; init; }

    /// <summary>
    /// Training clips that a <see cref="AccuracyMethod.LinearProbe"/> was fitted on; null for others.
    /// </summary>
    public int? TrainingClips { get; init; }

    /// <summary>Share of clips whose answer is right, in [0, 1]; for chance, 1 / <see cref="Classes"/>.</summary>
    public double Top1 => Right is { } right ? (double)right / Clips : 1.0 / Classes;

    /// <summary>
    /// 95% interval of <see cref="Top1"/> over clips (Wilson); null for a number that is no measurement.
    /// </summary>
    public Interval? Interval => Right is { } right ? Evaluation.Interval.Wilson(right, Clips) : null;

    /// <summary>Share of <see cref="RightInTop"/>, in [0, 1].</summary>
    public double? TopK => (double?)RightInTop / Clips;

    internal static AccuracyRow Of(
        ClassificationMetrics metrics,
        AccuracyMethod method,
        Granularity trainedOn,
        Granularity testedOn
    ) =>
        new()
        {
            Method = method,
            TrainedOn = trainedOn,
            TestedOn = testedOn,
            Classes = metrics.Classes,
            Clips = metrics.Samples,
            Right = metrics.Right,
            RightInTop = metrics.RightInTop,
            TopCount = metrics.TopCount,
            MeanClassAccuracy = metrics.MeanClassAccuracy,
        };

    /// <summary>A row for answers that come without scores; an answer of -1 is none and never right.</summary>
    internal static AccuracyRow Of(
        int[] answers,
        int[] targets,
        int classes,
        AccuracyMethod method,
        Granularity? trainedOn,
        Granularity testedOn
    ) =>
        new()
        {
            Method = method,
            TrainedOn = trainedOn,
            TestedOn = testedOn,
            Classes = classes,
            Clips = targets.Length,
            Right = ClassificationMetrics.CountRight(answers, targets),
            MeanClassAccuracy = answers
                .Zip(targets)
                .GroupBy(pair => pair.Second)
                .Average(ofClass => ofClass.Average(pair => pair.First == pair.Second ? 1.0 : 0.0)),
        };
}
