using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>One line of a table in the form of the paper's Tables 1 and 2.</summary>
public sealed record AccuracyRow
{
    /// <summary>The grain the model was trained at; null for a baseline that sees no video.</summary>
    public Granularity? TrainedOn { get; init; }

    /// <summary>The classes it is tested on: groups or categories.</summary>
    public required Granularity TestedOn { get; init; }

    /// <summary>How the answer came about.</summary>
    public required string How { get; init; }

    /// <summary>Share of clips whose answer is right, in [0, 1].</summary>
    public required double Top1 { get; init; }

    /// <summary>
    /// 95% interval of <see cref="Top1"/> over clips (Wilson); null for a number that is no measurement.
    /// </summary>
    public Interval? Interval { get; init; }

    /// <summary>
    /// Share of clips whose true class is among the <see cref="TopCount"/> best; null where there is no ranking.
    /// </summary>
    public double? TopK { get; init; }

    /// <summary>The k of <see cref="TopK"/>: 5, or fewer where there are fewer classes.</summary>
    public int? TopCount { get; init; }

    /// <summary>Mean recall over the classes that have clips; null where it says nothing.</summary>
    public double? MeanClassAccuracy { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    internal static AccuracyRow Of(
        ClassificationMetrics metrics,
        Granularity trainedOn,
        Granularity testedOn,
        string how
    ) =>
        new()
        {
            TrainedOn = trainedOn,
            TestedOn = testedOn,
            How = how,
            Top1 = metrics.Top1,
            Interval = metrics.Top1Interval,
            TopK = metrics.TopK,
            TopCount = metrics.TopCount,
            MeanClassAccuracy = metrics.MeanClassAccuracy,
            Classes = metrics.Classes,
        };

    /// <summary>A row for answers that come without scores; an answer of -1 is none and never right.</summary>
    internal static AccuracyRow Of(
        int[] answers,
        int[] targets,
        int classes,
        Granularity? trainedOn,
        Granularity testedOn,
        string how
    )
    {
        int right = answers.Zip(targets).Count(pair => pair.First == pair.Second);
        return new AccuracyRow
        {
            TrainedOn = trainedOn,
            TestedOn = testedOn,
            How = how,
            Top1 = (double)right / targets.Length,
            Interval = Evaluation.Interval.Wilson(right, targets.Length),
            MeanClassAccuracy = answers
                .Zip(targets)
                .GroupBy(pair => pair.Second)
                .Average(ofClass => ofClass.Average(pair => pair.First == pair.Second ? 1.0 : 0.0)),
            Classes = classes,
        };
    }
}
