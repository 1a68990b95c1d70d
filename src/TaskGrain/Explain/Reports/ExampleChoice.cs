using TaskGrain.Evaluation;

namespace TaskGrain.Explain.Reports;

/// <summary>Chooses examples by a rule that knows nothing of how they look; a class at most once.</summary>
internal static class ExampleChoice
{
    /// <summary>Whether a model was right about a clip: its class, or its caption where it has no classes.</summary>
    /// <param name="result">What it said.</param>
    public static bool Right(ClipResult result) =>
        result.Predicted is null ? result.Caption == result.TrueCaption : result.Predicted == result.Truth;

    /// <summary>Chooses right or wrong ones.</summary>
    /// <param name="results">All clips, in the order of the data set.</param>
    /// <param name="right">Which.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Clips of different true classes, evenly spread over the first of each class.</returns>
    public static IReadOnlyList<ClipResult> Of(IReadOnlyList<ClipResult> results, bool right, int count)
    {
        ClipResult[] first = [.. results.Where(result => Right(result) == right).DistinctBy(result => result.Truth)];
        return [.. FrameStrips.Spread(first.Length, count).Select(at => first[at])];
    }
}
