namespace TaskGrain.Metrics;

/// <summary>
/// METEOR 1.5 for English (Denkowski and Lavie 2014), written after the public description of its rules and equal to
/// the Java program in tokens, alignments and scores, its search with its roundings included (docs/metrics.md).
/// One instance serves one thread; it remembers every word it has seen.
/// </summary>
internal sealed class Meteor
{
    private readonly MeteorOptions _options;
    private readonly MeteorLexicon _lexicon;
    private readonly MeteorAligner _aligner;
    private readonly List<MeteorWord> _hypothesis = [];
    private readonly List<MeteorWord> _reference = [];

    /// <summary>Makes a scorer.</summary>
    /// <param name="options">Modules and parameters; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message lists every fault.</exception>
    public Meteor(MeteorOptions? options = null)
    {
        _options = options ?? new MeteorOptions();
        if (_options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _lexicon = new MeteorLexicon(_options);
        _aligner = new MeteorAligner(_options);
    }

    /// <summary>The score that counts lead to.</summary>
    /// <param name="counts">Counts of one segment, or their sum over segments for the system score.</param>
    public MeteorScore Score(MeteorCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return MeteorScore.From(counts, _options);
    }

    /// <summary>Counts one caption against the reference that gives it the highest score.</summary>
    /// <param name="hypothesis">The caption to judge, raw.</param>
    /// <param name="references">At least one true caption, raw.</param>
    /// <returns>Counts for <see cref="Score"/>, or to be summed by <see cref="MeteorCounts.Plus"/>.</returns>
    public MeteorCounts Count(string hypothesis, IReadOnlyList<string> references) =>
        Best(hypothesis, references, perReference: null).Counts;

    /// <summary>Aligns one caption with its best reference and keeps every detail.</summary>
    /// <param name="hypothesis">The caption to judge, raw.</param>
    /// <param name="references">At least one true caption, raw.</param>
    public MeteorAlignment Align(string hypothesis, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        double[] perReference = new double[references.Count];
        (int best, MeteorScore score, _) = Best(hypothesis, references, perReference);
        _lexicon.Tokenize(references[best], _reference);
        MeteorCounts counts = _aligner.Align(_hypothesis, _reference);
        return new MeteorAlignment
        {
            BestReference = best,
            ScorePerReference = perReference,
            HypothesisTokens = [.. _hypothesis.Select(w => w.Text)],
            ReferenceTokens = [.. _reference.Select(w => w.Text)],
            Matches = [.. _aligner.Matches],
            Counts = counts,
            Score = score,
        };
    }

    private (int Reference, MeteorScore Score, MeteorCounts Counts) Best(
        string hypothesis,
        IReadOnlyList<string> references,
        double[]? perReference
    )
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(references);
        CaptionGuard.AtLeastOneReference(references.Count);
        _lexicon.Tokenize(hypothesis, _hypothesis);
        (int Reference, MeteorScore Score, MeteorCounts? Counts) best = default;
        for (int i = 0; i < references.Count; i++)
        {
            _lexicon.Tokenize(references[i], _reference);
            MeteorCounts counts = _aligner.Align(_hypothesis, _reference);
            MeteorScore score = MeteorScore.From(counts, _options);
            if (perReference is not null)
            {
                perReference[i] = score.Score;
            }

            if (best.Counts is null || score.Score > best.Score.Score)
            {
                best = (i, score, counts);
            }
        }

        return (best.Reference, best.Score, best.Counts!);
    }
}
