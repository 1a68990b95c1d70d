namespace TaskGrain.Metrics;

/// <summary>How METEOR aligned a hypothesis with its best reference, for looking at and for tests.</summary>
internal sealed record MeteorAlignment
{
    /// <summary>Which reference was kept: the first with the highest score, from 0.</summary>
    public required int BestReference { get; init; }

    /// <summary>The score against each reference alone.</summary>
    public required IReadOnlyList<double> ScorePerReference { get; init; }

    /// <summary>The hypothesis's tokens.</summary>
    public required IReadOnlyList<string> HypothesisTokens { get; init; }

    /// <summary>The kept reference's tokens.</summary>
    public required IReadOnlyList<string> ReferenceTokens { get; init; }

    /// <summary>The matches, in the order of the reference.</summary>
    public required IReadOnlyList<MeteorMatch> Matches { get; init; }

    /// <summary>The counts against the kept reference.</summary>
    public required MeteorCounts Counts { get; init; }

    /// <summary>The score against the kept reference.</summary>
    public required MeteorScore Score { get; init; }
}
