using System.Runtime.InteropServices;

namespace TaskGrain.Metrics;

/// <summary>
/// Finds which words of a hypothesis METEOR takes for which words of a reference: the modules propose matches, a beam
/// search chooses among them, the chosen ones are counted.
/// </summary>
internal sealed class MeteorAligner(MeteorOptions options)
{
    private readonly int _moduleCount = options.Modules.Count;
    private readonly MeteorCandidates _candidates = new(options);
    private readonly MeteorBeam _beam = new(options.BeamWidth);
    private readonly List<MeteorMatch> _matches = [];

    /// <summary>The matches of the last alignment, in the order of the reference.</summary>
    public IReadOnlyList<MeteorMatch> Matches => _matches;

    /// <summary>Aligns two texts.</summary>
    public MeteorCounts Align(List<MeteorWord> hypothesis, List<MeteorWord> reference)
    {
        ReadOnlySpan<MeteorWord> h = CollectionsMarshal.AsSpan(hypothesis);
        ReadOnlySpan<MeteorWord> r = CollectionsMarshal.AsSpan(reference);
        _candidates.Set(h, r);
        _beam.Search(_candidates, _matches);
        return Count(h, r);
    }

    private MeteorCounts Count(ReadOnlySpan<MeteorWord> hypothesis, ReadOnlySpan<MeteorWord> reference)
    {
        var byModule = new MeteorMatches[_moduleCount];
        int chunks = 0;
        int expectedReference = -1;
        int expectedHypothesis = -1;
        foreach (MeteorMatch match in _matches)
        {
            int functionHypothesis = FunctionWords(hypothesis.Slice(match.Hypothesis, match.HypothesisLength));
            int functionReference = FunctionWords(reference.Slice(match.Reference, match.ReferenceLength));
            byModule[match.Module] += new MeteorMatches(
                match.HypothesisLength - functionHypothesis,
                match.ReferenceLength - functionReference,
                functionHypothesis,
                functionReference
            );
            chunks += match.Reference == expectedReference && match.Hypothesis == expectedHypothesis ? 0 : 1;
            expectedReference = match.Reference + match.ReferenceLength;
            expectedHypothesis = match.Hypothesis + match.HypothesisLength;
        }

        return new MeteorCounts
        {
            HypothesisWords = hypothesis.Length,
            ReferenceWords = reference.Length,
            HypothesisFunctionWords = FunctionWords(hypothesis),
            ReferenceFunctionWords = FunctionWords(reference),
            Chunks = chunks,
            Matches = byModule,
        };
    }

    private static int FunctionWords(ReadOnlySpan<MeteorWord> words)
    {
        int count = 0;
        foreach (MeteorWord word in words)
        {
            count += word.IsFunctionWord ? 1 : 0;
        }

        return count;
    }
}
