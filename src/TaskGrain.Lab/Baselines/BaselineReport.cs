using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Labels;
using TaskGrain.Metrics;

namespace TaskGrain.Lab.Baselines;

/// <summary>A frozen source as the tables name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weights">Which weights: the network, what it was trained on, how it computes.</param>
/// <param name="Identity">Hash of the weights and of how frames are prepared.</param>
internal sealed record BaselineSource(string Name, string Weights, string Identity);

/// <summary>One run of an encoder of ours.</summary>
/// <param name="Categories">Its classifier; null for a model without one.</param>
/// <param name="Captions">Its captions; null for a model without a decoder, or clips without captions.</param>
/// <param name="Template">The template baseline on its classifier; null likewise.</param>
/// <param name="Seconds">Seconds of training; 0 for one that was given.</param>
internal sealed record BaselineModelRun(
    AccuracyRow? Categories,
    CaptionRow? Captions,
    CaptionRow? Template,
    double Seconds
);

/// <summary>An encoder of ours beside the baselines.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weights">What it was trained on.</param>
/// <param name="Runs">One for a model that was given; one a seed for one trained here.</param>
internal sealed record BaselineModel(string Name, string Weights, IReadOnlyList<BaselineModelRun> Runs);

/// <summary>A row of Table 3: accuracies over seeds.</summary>
/// <param name="Source">The frozen source; null for an encoder of ours.</param>
/// <param name="Method">What was learned on it; null likewise.</param>
/// <param name="Name">The method or the model.</param>
/// <param name="Accuracy">Share of clips classified right, mean and interval over the runs.</param>
/// <param name="OverClips">95% interval of the mean over clips (Wilson).</param>
internal sealed record BaselineAccuracy(
    string? Source,
    BaselineMethod? Method,
    string Name,
    MeanInterval Accuracy,
    Interval OverClips
);

/// <summary>A row of Table 4: caption metrics over seeds.</summary>
/// <param name="Source">The frozen source; null for an encoder of ours.</param>
/// <param name="Name">The method or the model.</param>
/// <param name="Scores">One a run.</param>
/// <param name="Accuracy">Share of clips classified right by the classifier that goes with it; null for none.</param>
internal sealed record BaselineCaptions(
    string? Source,
    string Name,
    IReadOnlyList<CaptionScores> Scores,
    MeanInterval? Accuracy
);

/// <summary>Two methods on one source, paired by seed.</summary>
/// <param name="Source">The source.</param>
/// <param name="First">The method that should be better.</param>
/// <param name="Second">The other.</param>
/// <param name="Difference">First − second, in [−1, 1].</param>
/// <param name="Test">The paired test over the seeds; null for a single seed.</param>
internal sealed record BaselineDifference(
    string Source,
    BaselineMethod First,
    BaselineMethod Second,
    double Difference,
    PairedTest? Test
)
{
    /// <summary>Whether the first is better: the interval lies above 0; null when it holds 0.</summary>
    public bool? Holds =>
        Test is null ? null
        : Test.Difference.Low > 0 ? true
        : Test.Difference.High < 0 ? false
        : null;
}

/// <summary>Everything the comparison found. Shares are in [0, 1].</summary>
internal sealed record BaselineReport
{
    /// <summary>The data set.</summary>
    public required string Data { get; init; }

    /// <summary>Categories.</summary>
    public required int Classes { get; init; }

    /// <summary>Training clips.</summary>
    public required int TrainingClips { get; init; }

    /// <summary>Clips measured.</summary>
    public required int Clips { get; init; }

    /// <summary>The split measured.</summary>
    public required Split Split { get; init; }

    /// <summary>The grain of the captions.</summary>
    public required Granularity CaptionGrain { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<BaselineSource> Sources { get; init; }

    /// <summary>How the baselines were trained.</summary>
    public required BaselineOptions Training { get; init; }

    /// <summary>All runs.</summary>
    public required IReadOnlyList<BaselineRun> Runs { get; init; }

    /// <summary>Encoders of ours.</summary>
    public required IReadOnlyList<BaselineModel> Models { get; init; }

    /// <summary>Table 3.</summary>
    public required IReadOnlyList<BaselineAccuracy> Accuracies { get; init; }

    /// <summary>Table 4; empty for clips without captions.</summary>
    public required IReadOnlyList<BaselineCaptions> Captions { get; init; }

    /// <summary>Single frame, averaged frames, LSTM and relations, each against the one before.</summary>
    public required IReadOnlyList<BaselineDifference> Differences { get; init; }

    /// <summary>What was left out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The comparison that seeds kept one by one make.</summary>
    /// <param name="seeds">The seeds, of the same clips and settings; one or more.</param>
    public static BaselineReport Of(IReadOnlyList<BaselineSeed> seeds)
    {
        BaselineSeed first = seeds[0];
        BaselineRun[] runs =
        [
            .. seeds
                .SelectMany(seed => seed.Runs)
                .OrderBy(run => run.Source)
                .ThenBy(run => run.Method)
                .ThenBy(run => run.Seed),
        ];
        return new BaselineReport
        {
            Data = first.Data,
            Classes = first.Classes,
            TrainingClips = first.TrainingClips,
            Clips = runs[0].Clips,
            Split = first.Split,
            CaptionGrain = first.CaptionGrain,
            Sources = first.Sources,
            Training = first.Training,
            Runs = runs,
            Models = [],
            Accuracies = BaselineSummary.Accuracies(runs, [], first.Training),
            Captions = BaselineSummary.Captions(runs, [], first.Training),
            Differences = BaselineSummary.Differences(runs),
            Notes = [],
        };
    }
}
