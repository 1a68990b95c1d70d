using TaskGrain.Metrics;

namespace TaskGrain.Evaluation;

/// <summary>One line of a table in the form of the paper's Tables 6 to 8.</summary>
/// <param name="How">How the captions came about.</param>
/// <param name="Scores">The metrics.</param>
/// <param name="ExactMatchInterval">95% interval of the strict exact match over captions (Wilson).</param>
public sealed record CaptionRow(string How, CaptionScores Scores, Interval ExactMatchInterval);
