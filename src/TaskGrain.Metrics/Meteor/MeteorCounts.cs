namespace TaskGrain.Metrics;

/// <summary>What METEOR's score is computed from; sums over segments give the system score.</summary>
internal sealed record MeteorCounts
{
    /// <summary>Tokens of the hypothesis.</summary>
    public int HypothesisWords { get; init; }

    /// <summary>Tokens of the reference.</summary>
    public int ReferenceWords { get; init; }

    /// <summary>Function words among the hypothesis's tokens.</summary>
    public int HypothesisFunctionWords { get; init; }

    /// <summary>Function words among the reference's tokens.</summary>
    public int ReferenceFunctionWords { get; init; }

    /// <summary>Runs of matches that are continuous on both sides.</summary>
    public int Chunks { get; init; }

    /// <summary>Matched words of each module, in the order of <see cref="MeteorOptions.Modules"/>.</summary>
    public required IReadOnlyList<MeteorMatches> Matches { get; init; }

    /// <summary>All words on both sides are matched, in one chunk: the case without a penalty.</summary>
    internal bool IsComplete =>
        Chunks == 1 && HypothesisMatches == HypothesisWords && ReferenceMatches == ReferenceWords;

    internal int HypothesisMatches => Matches.Sum(m => m.ContentHypothesis + m.FunctionHypothesis);

    internal int ReferenceMatches => Matches.Sum(m => m.ContentReference + m.FunctionReference);

    /// <summary>These counts as the first of a sum: a complete segment brings no chunk into it.</summary>
    /// <returns>The same counts, <see cref="Chunks"/> 0 if the segment is matched completely in one chunk.</returns>
    public MeteorCounts AsPart() => IsComplete ? this with { Chunks = 0 } : this;

    /// <summary>Adds a segment to a sum.</summary>
    /// <param name="segment">Counts of one segment.</param>
    /// <returns>The sum.</returns>
    public MeteorCounts Plus(MeteorCounts segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        MeteorCounts part = segment.AsPart();
        return new MeteorCounts
        {
            HypothesisWords = HypothesisWords + part.HypothesisWords,
            ReferenceWords = ReferenceWords + part.ReferenceWords,
            HypothesisFunctionWords = HypothesisFunctionWords + part.HypothesisFunctionWords,
            ReferenceFunctionWords = ReferenceFunctionWords + part.ReferenceFunctionWords,
            Chunks = Chunks + part.Chunks,
            Matches = [.. Matches.Zip(part.Matches, (a, b) => a + b)],
        };
    }
}
