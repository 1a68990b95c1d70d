namespace TaskGrain.Metrics;

/// <summary>Which caption metrics to compute, and how.</summary>
public sealed record CaptionScoreOptions
{
    /// <summary>What is computed; the rest is NaN.</summary>
    public CaptionMetrics Metrics { get; init; } = CaptionMetrics.All;

    /// <summary>
    /// METEOR's settings; by default those of its command line with <c>-norm</c>, without paraphrases.
    /// </summary>
    public MeteorOptions Meteor { get; init; } = new();

    /// <summary>
    /// The model's words. A true word outside may be <c>[Something]</c> in the hypothesis for
    /// <see cref="CaptionScores.ExactMatchAllowingRare"/>. Null: only a literal <c>[Something]</c> in the truth may.
    /// </summary>
    public IReadOnlySet<string>? Vocabulary { get; init; }

    /// <summary>Positions that token accuracy compares; 14 in the paper.</summary>
    public int TokenPositions { get; init; } = TokenAccuracy.PaperPositions;

    /// <summary>Lists every fault of these options; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Meteor.Validate());
        if (TokenPositions < 1)
        {
            faults.Add($"TokenPositions is {TokenPositions}; it must be at least 1.");
        }

        if ((Metrics & ~CaptionMetrics.All) != CaptionMetrics.None)
        {
            faults.Add($"Metrics is {Metrics}; it names a metric that does not exist.");
        }

        return faults;
    }
}
