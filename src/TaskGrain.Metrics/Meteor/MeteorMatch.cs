namespace TaskGrain.Metrics;

/// <summary>One match; only the paraphrase module matches more than one word to another.</summary>
/// <param name="Reference">Position of the first word in the reference.</param>
/// <param name="ReferenceLength">Words in the reference.</param>
/// <param name="Hypothesis">Position of the first word in the hypothesis.</param>
/// <param name="HypothesisLength">Words in the hypothesis.</param>
/// <param name="Module">Position of the module in <see cref="MeteorOptions.Modules"/>.</param>
internal readonly record struct MeteorMatch(
    int Reference,
    int ReferenceLength,
    int Hypothesis,
    int HypothesisLength,
    int Module
)
{
    /// <summary>How far apart the two sides stand.</summary>
    internal int Distance => Math.Abs(Reference - Hypothesis);
}
