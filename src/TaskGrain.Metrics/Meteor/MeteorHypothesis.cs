using System.Numerics;

namespace TaskGrain.Metrics;

/// <summary>
/// A hypothesis's words with equal ones side by side. A word's rank is its place in that order, so that all
/// occurrences of a word type are one run of ranks, in the order of their positions.
/// </summary>
internal sealed class MeteorHypothesis
{
    private readonly List<MeteorWord> _types = [];
    private int[] _typeOfId = []; // One more than the type; 0 for a word that is not there.
    private int[] _typeOfPosition = [];
    private int[] _starts = [];
    private int[] _positions = [];
    private int[] _ranks = [];
    private long[] _sums = [];

    /// <summary>Words.</summary>
    public int Length { get; private set; }

    /// <summary>Ranks that a <see cref="UsedWords"/> of this hypothesis is made for.</summary>
    public int Span { get; private set; }

    /// <summary>The different words in the order of their first occurrence.</summary>
    public IReadOnlyList<MeteorWord> Types => _types;

    /// <summary>Takes in another hypothesis.</summary>
    public void Set(ReadOnlySpan<MeteorWord> words)
    {
        foreach (MeteorWord type in _types)
        {
            _typeOfId[type.Id] = 0;
        }

        _types.Clear();
        Length = words.Length;
        Span = Math.Max(UsedWords.LeafSpan, (int)BitOperations.RoundUpToPowerOf2((uint)words.Length));
        Buffers.Grow(ref _typeOfPosition, words.Length);
        Buffers.Grow(ref _positions, words.Length);
        Buffers.Grow(ref _ranks, words.Length);
        Buffers.Grow(ref _sums, words.Length + 1);
        Buffers.Grow(ref _starts, words.Length + 1);
        Array.Clear(_starts, 0, words.Length + 1);
        for (int i = 0; i < words.Length; i++)
        {
            int type = TypeOf(words[i]);
            if (type < 0)
            {
                type = _types.Count;
                _types.Add(words[i]);
                Buffers.Grow(ref _typeOfId, words[i].Id + 1);
                _typeOfId[words[i].Id] = type + 1;
            }

            _typeOfPosition[i] = type;
            _starts[type + 1]++;
        }

        for (int type = 0; type < _types.Count; type++)
        {
            _starts[type + 1] += _starts[type];
        }

        for (int i = 0; i < words.Length; i++)
        {
            int rank = _starts[_typeOfPosition[i]]++;
            _ranks[i] = rank;
            _positions[rank] = i;
        }

        // Each start now stands where the next one belongs.
        for (int type = _types.Count; type > 0; type--)
        {
            _starts[type] = _starts[type - 1];
        }

        _starts[0] = 0;
        for (int rank = 0; rank < words.Length; rank++)
        {
            _sums[rank + 1] = _sums[rank] + _positions[rank];
        }
    }

    /// <summary>The number of a word type; -1 for one that the hypothesis does not have.</summary>
    public int TypeOf(MeteorWord word) => word.Id < _typeOfId.Length ? _typeOfId[word.Id] - 1 : -1;

    /// <summary>The number of the word type at a position.</summary>
    public int TypeAt(int position) => _typeOfPosition[position];

    /// <summary>How often a word type occurs.</summary>
    public int Occurrences(int type) => _starts[type + 1] - _starts[type];

    /// <summary>The first rank of a word type.</summary>
    public int Start(int type) => _starts[type];

    /// <summary>The rank after a word type's last.</summary>
    public int End(int type) => _starts[type + 1];

    /// <summary>The position of a rank.</summary>
    public int PositionOf(int rank) => _positions[rank];

    /// <summary>The first free rank from one on; at least <see cref="Length"/> when there is none.</summary>
    public int NextFree(UsedWords? used, int rank) => UsedWords.NextFree(used, Span, rank);

    /// <summary>Whether no word of a run of positions is used.</summary>
    public bool IsFree(UsedWords? used, int position, int count)
    {
        for (int i = position; i < position + count; i++)
        {
            if (NextFree(used, _ranks[i]) != _ranks[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A set that also has a run of positions.</summary>
    public UsedWords? Use(UsedWords? used, int position, int count)
    {
        for (int i = position; i < position + count; i++)
        {
            used = UsedWords.Add(used, Span, _ranks[i], i);
        }

        return used;
    }

    /// <summary>The sum of the distances from a reference position to the free occurrences of a word type.</summary>
    /// <param name="type">The word type.</param>
    /// <param name="reference">The reference position.</param>
    /// <param name="end">Only occurrences at positions before this one count.</param>
    /// <param name="used">The words that are not free.</param>
    public long DistanceToFree(int type, int reference, int end, UsedWords? used)
    {
        int first = _starts[type];
        int last = FirstFrom(type, end);
        int middle = Math.Min(last, FirstFrom(type, reference));
        return Distance(middle, last, reference, used) - Distance(first, middle, reference, used);
    }

    /// <summary>The sum of positions less the reference position over free ranks.</summary>
    private long Distance(int from, int to, int reference, UsedWords? used)
    {
        (int count, long sum) = UsedWords.Tally(used, Span, from, to, _positions);
        return _sums[to] - _sums[from] - sum - ((long)(to - from - count) * reference);
    }

    /// <summary>The rank of a word type's first occurrence from a position on; its end when there is none.</summary>
    private int FirstFrom(int type, int position)
    {
        int low = _starts[type];
        int high = _starts[type + 1];
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _positions[middle] < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
