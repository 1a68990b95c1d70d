namespace TaskGrain.Metrics;

/// <summary>Words that one module matched. A side counts a word as function word by its own token.</summary>
/// <param name="ContentHypothesis">Content words of the hypothesis.</param>
/// <param name="ContentReference">Content words of the reference.</param>
/// <param name="FunctionHypothesis">Function words of the hypothesis.</param>
/// <param name="FunctionReference">Function words of the reference.</param>
internal readonly record struct MeteorMatches(
    int ContentHypothesis,
    int ContentReference,
    int FunctionHypothesis,
    int FunctionReference
)
{
    /// <summary>Adds two segments.</summary>
    public static MeteorMatches operator +(MeteorMatches a, MeteorMatches b) =>
        new(
            a.ContentHypothesis + b.ContentHypothesis,
            a.ContentReference + b.ContentReference,
            a.FunctionHypothesis + b.FunctionHypothesis,
            a.FunctionReference + b.FunctionReference
        );
}
