using System.Runtime.InteropServices;

namespace TaskGrain.Metrics;

/// <summary>
/// Finds which words of a hypothesis METEOR takes for which words of a reference: the modules propose matches, a beam
/// search chooses among them, the chosen ones are counted.
/// </summary>
internal sealed class MeteorAligner
{
    private readonly MeteorModule[] _modules;
    private readonly ParaphraseMatcher? _paraphrases;
    private readonly MeteorBeam _beam;
    private readonly List<MeteorMatch> _proposals = [];
    private readonly List<MeteorMatch> _matches = [];

    public MeteorAligner(MeteorOptions options)
    {
        _modules = [.. options.Modules];
        _paraphrases = options.Paraphrases is null ? null : new ParaphraseMatcher(options.Paraphrases);
        _beam = new MeteorBeam(options.BeamWidth);
    }

    /// <summary>The matches of the last alignment, in the order of the reference.</summary>
    public IReadOnlyList<MeteorMatch> Matches => _matches;

    /// <summary>Aligns two texts.</summary>
    public MeteorCounts Align(List<MeteorWord> hypothesis, List<MeteorWord> reference)
    {
        ReadOnlySpan<MeteorWord> h = CollectionsMarshal.AsSpan(hypothesis);
        ReadOnlySpan<MeteorWord> r = CollectionsMarshal.AsSpan(reference);
        _proposals.Clear();
        // Equal texts need no more than the first module; METEOR does so because its search may miss the best path.
        int modules = h.SequenceEqual(r) ? 1 : _modules.Length;
        for (int module = 0; module < modules; module++)
        {
            Propose(module, h, r);
        }

        _beam.Search(_proposals, _modules, h.Length, r.Length, _matches);
        return Count(h, r);
    }

    private void Propose(int module, ReadOnlySpan<MeteorWord> hypothesis, ReadOnlySpan<MeteorWord> reference)
    {
        MeteorModule kind = _modules[module];
        if (kind == MeteorModule.Paraphrase)
        {
            _paraphrases!.Propose(module, hypothesis, reference, _proposals);
            return;
        }

        for (int j = 0; j < reference.Length; j++)
        {
            MeteorWord truth = reference[j];
            for (int i = 0; i < hypothesis.Length; i++)
            {
                MeteorWord word = hypothesis[i];
                // A token is one object, so the same token is the same reference.
                bool matches = kind switch
                {
                    MeteorModule.Exact => ReferenceEquals(word, truth),
                    MeteorModule.Stem => word.Stem == truth.Stem && !ReferenceEquals(word, truth),
                    _ => !ReferenceEquals(word, truth) && word.SharesSynset(truth),
                };
                if (matches)
                {
                    _proposals.Add(new MeteorMatch(j, 1, i, 1, module));
                }
            }
        }
    }

    private MeteorCounts Count(ReadOnlySpan<MeteorWord> hypothesis, ReadOnlySpan<MeteorWord> reference)
    {
        var byModule = new MeteorMatches[_modules.Length];
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
