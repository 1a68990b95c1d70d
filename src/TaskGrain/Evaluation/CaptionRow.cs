using TaskGrain.Metrics;

namespace TaskGrain.Evaluation;

/// <summary>One line of a table in the form of the paper's Tables 6 to 8.</summary>
public sealed record CaptionRow
{
    /// <summary>How the captions came about.</summary>
    public required CaptionMethod Method { get; init; }

    /// <summary>
    /// Captions that the <see cref="CaptionMethod.Decoder"/>'s beam kept, 1 for greedy; null for others.
    /// </summary>
    public int? BeamWidth { get; init; }

    /// <summary>Training clips that <see cref="CaptionMethod.NearestClip"/> chose from; null for others.</summary>
    public int? TrainingClips { get; init; }

    /// <summary>The metrics, with the number of captions and of exact matches.</summary>
    public required CaptionScores Scores { get; init; }

    /// <summary>95% interval of the strict exact match over captions (Wilson).</summary>
    public Interval ExactMatchInterval => Interval.Wilson(Scores.ExactMatches ?? 0, Scores.Captions);
}
