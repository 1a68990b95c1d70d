using System.Runtime.InteropServices;

namespace TaskGrain.Metrics;

/// <summary>
/// Everything the modules propose for a hypothesis and a reference. The matches of single words are not listed one by
/// one, since a word that both texts repeat would have as many as the product of its counts: kept are the word types
/// that a reference's word type may be taken for. Only phrases are listed.
/// </summary>
internal sealed class MeteorCandidates
{
    private readonly MeteorModule[] _modules;
    private readonly ParaphraseMatcher? _paraphrases;
    private readonly MeteorTypeIndex _stems = new();
    private readonly MeteorTypeIndex _synsets = new();
    private readonly List<MeteorWord> _slots = [];
    private readonly List<int> _types = [];
    private readonly List<int> _typeStarts = [];
    private readonly List<MeteorMatch> _proposals = [];
    private readonly List<MeteorMatch> _phrases = [];
    private int[] _slotOfId = []; // One more than the slot; 0 for a word that is not there.
    private int[] _slotOfPosition = [];
    private int[] _slotCounts = [];
    private long[] _matchesOfSlot = [];
    private long[] _matchesOfType = [];
    private int[] _firstPhrase = [];
    private int[] _phrasesOverReference = [];
    private int[] _phrasesOverHypothesis = [];

    public MeteorCandidates(MeteorOptions options)
    {
        _modules = [.. options.Modules];
        _paraphrases = options.Paraphrases is null ? null : new ParaphraseMatcher(options.Paraphrases);
    }

    /// <summary>The hypothesis.</summary>
    public MeteorHypothesis Hypothesis { get; } = new();

    /// <summary>Words of the reference.</summary>
    public int ReferenceLength { get; private set; }

    /// <summary>The modules that propose.</summary>
    public ReadOnlySpan<MeteorModule> Modules => _modules.AsSpan(0, ModuleCount);

    /// <summary>How many of the modules propose.</summary>
    public int ModuleCount { get; private set; }

    /// <summary>Takes in two texts.</summary>
    public void Set(ReadOnlySpan<MeteorWord> hypothesis, ReadOnlySpan<MeteorWord> reference)
    {
        // Equal texts need no more than the first module; METEOR does so because its search may miss the best path.
        ModuleCount = hypothesis.SequenceEqual(reference) ? 1 : _modules.Length;
        ReferenceLength = reference.Length;
        Hypothesis.Set(hypothesis);
        Index();
        FindSlots(reference);
        FindTypes();
        FindPhrases(hypothesis, reference);
    }

    /// <summary>The word types that a module may take for the word at a reference position.</summary>
    public ReadOnlySpan<int> TypesFor(int position, int module) => TypesOfSlot(_slotOfPosition[position], module);

    /// <summary>The phrases that begin at a reference position, in the order of the modules.</summary>
    public ReadOnlySpan<MeteorMatch> PhrasesAt(int position) =>
        _phrases.Count == 0
            ? []
            : CollectionsMarshal.AsSpan(_phrases)[_firstPhrase[position].._firstPhrase[position + 1]];

    /// <summary>Whether anything is proposed for a match that begins at a reference position.</summary>
    public bool AnyAt(int position) => _matchesOfSlot[_slotOfPosition[position]] > 0 || !PhrasesAt(position).IsEmpty;

    /// <summary>
    /// The match at a reference position that no other touches on either side; null where there is none. A pair that
    /// two modules propose disputes itself.
    /// </summary>
    public MeteorMatch? Undisputed(int position)
    {
        ReadOnlySpan<MeteorMatch> phrases = PhrasesAt(position);
        if (_matchesOfSlot[_slotOfPosition[position]] + phrases.Length != 1)
        {
            return null;
        }

        MeteorMatch match = phrases.Length == 1 ? phrases[0] : SingleMatch(position);
        for (int j = position; j < position + match.ReferenceLength; j++)
        {
            if (MatchesOverReference(j) != 1)
            {
                return null;
            }
        }

        for (int i = match.Hypothesis; i < match.Hypothesis + match.HypothesisLength; i++)
        {
            if (MatchesOverHypothesis(i) != 1)
            {
                return null;
            }
        }

        return match;
    }

    private long MatchesOverReference(int position) =>
        _matchesOfSlot[_slotOfPosition[position]] + (_phrases.Count == 0 ? 0 : _phrasesOverReference[position]);

    private long MatchesOverHypothesis(int position) =>
        _matchesOfType[Hypothesis.TypeAt(position)] + (_phrases.Count == 0 ? 0 : _phrasesOverHypothesis[position]);

    private MeteorMatch SingleMatch(int position)
    {
        for (int module = 0; module < ModuleCount; module++)
        {
            if (TypesFor(position, module) is [int type])
            {
                return new MeteorMatch(position, 1, Hypothesis.PositionOf(Hypothesis.Start(type)), 1, module);
            }
        }

        throw new InvalidOperationException($"No module proposes a match at {position}.");
    }

    private ReadOnlySpan<int> TypesOfSlot(int slot, int module)
    {
        int at = (slot * ModuleCount) + module;
        return CollectionsMarshal.AsSpan(_types)[_typeStarts[at].._typeStarts[at + 1]];
    }

    private void Index()
    {
        _stems.Clear();
        _synsets.Clear();
        bool stems = Modules.Contains(MeteorModule.Stem);
        bool synonyms = Modules.Contains(MeteorModule.Synonym);
        for (int type = 0; type < Hypothesis.Types.Count; type++)
        {
            MeteorWord word = Hypothesis.Types[type];
            if (stems)
            {
                _stems.Add(word.Stem, type);
            }

            foreach (int synset in synonyms ? word.Synsets : [])
            {
                _synsets.Add(synset, type);
            }
        }
    }

    private void FindSlots(ReadOnlySpan<MeteorWord> reference)
    {
        foreach (MeteorWord word in _slots)
        {
            _slotOfId[word.Id] = 0;
        }

        _slots.Clear();
        Buffers.Grow(ref _slotOfPosition, reference.Length);
        Buffers.Grow(ref _slotCounts, reference.Length);
        Array.Clear(_slotCounts, 0, reference.Length);
        for (int j = 0; j < reference.Length; j++)
        {
            MeteorWord word = reference[j];
            Buffers.Grow(ref _slotOfId, word.Id + 1);
            ref int slot = ref _slotOfId[word.Id];
            if (slot == 0)
            {
                _slots.Add(word);
                slot = _slots.Count;
            }

            _slotOfPosition[j] = slot - 1;
            _slotCounts[slot - 1]++;
        }
    }

    private void FindTypes()
    {
        _types.Clear();
        _typeStarts.Clear();
        _typeStarts.Add(0);
        Buffers.Grow(ref _matchesOfSlot, _slots.Count);
        Buffers.Grow(ref _matchesOfType, Hypothesis.Types.Count);
        Array.Clear(_matchesOfSlot, 0, _slots.Count);
        Array.Clear(_matchesOfType, 0, Hypothesis.Types.Count);
        for (int slot = 0; slot < _slots.Count; slot++)
        {
            int itself = Hypothesis.TypeOf(_slots[slot]);
            for (int module = 0; module < ModuleCount; module++)
            {
                int from = _types.Count;
                Find(_modules[module], _slots[slot], itself);
                foreach (int type in CollectionsMarshal.AsSpan(_types)[from..])
                {
                    _matchesOfSlot[slot] += Hypothesis.Occurrences(type);
                    _matchesOfType[type] += _slotCounts[slot];
                }

                _typeStarts.Add(_types.Count);
            }
        }
    }

    private void Find(MeteorModule kind, MeteorWord word, int itself)
    {
        int from = _types.Count;
        switch (kind)
        {
            case MeteorModule.Exact when itself >= 0:
                _types.Add(itself);
                return;
            case MeteorModule.Stem:
                _stems.Find(word.Stem, _types);
                break;
            case MeteorModule.Synonym:
                foreach (int synset in word.Synsets)
                {
                    _synsets.Find(synset, _types);
                }

                break;
        }

        // Two words may share several synsets.
        Span<int> found = CollectionsMarshal.AsSpan(_types)[from..];
        found.Sort();
        int kept = from;
        int last = itself;
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] != itself && (kept == from || found[i] != last))
            {
                last = found[i];
                _types[kept++] = last;
            }
        }

        _types.RemoveRange(kept, _types.Count - kept);
    }

    private void FindPhrases(ReadOnlySpan<MeteorWord> hypothesis, ReadOnlySpan<MeteorWord> reference)
    {
        _proposals.Clear();
        _phrases.Clear();
        for (int module = 0; module < ModuleCount; module++)
        {
            if (_modules[module] == MeteorModule.Paraphrase)
            {
                _paraphrases!.Propose(module, hypothesis, reference, _proposals);
            }
        }

        if (_proposals.Count == 0)
        {
            return;
        }

        // A stable sort: the phrases of one position keep their order.
        _phrases.AddRange(_proposals.OrderBy(phrase => phrase.Reference));
        Buffers.Grow(ref _firstPhrase, reference.Length + 1);
        Buffers.Grow(ref _phrasesOverReference, reference.Length);
        Buffers.Grow(ref _phrasesOverHypothesis, hypothesis.Length);
        Array.Clear(_firstPhrase, 0, reference.Length + 1);
        Array.Clear(_phrasesOverReference, 0, reference.Length);
        Array.Clear(_phrasesOverHypothesis, 0, hypothesis.Length);
        foreach (MeteorMatch phrase in _phrases)
        {
            _firstPhrase[phrase.Reference + 1]++;
            AddOne(_phrasesOverReference.AsSpan(phrase.Reference, phrase.ReferenceLength));
            AddOne(_phrasesOverHypothesis.AsSpan(phrase.Hypothesis, phrase.HypothesisLength));
        }

        for (int j = 0; j < reference.Length; j++)
        {
            _firstPhrase[j + 1] += _firstPhrase[j];
        }
    }

    private static void AddOne(Span<int> counts)
    {
        foreach (ref int count in counts)
        {
            count++;
        }
    }
}
