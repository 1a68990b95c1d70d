namespace TaskGrain.Metrics;

/// <summary>The word types of a hypothesis by a property that they share with others: a stem, a synset.</summary>
internal sealed class MeteorTypeIndex
{
    private readonly List<(int Type, int Next)> _entries = [];
    private readonly List<int> _keys = [];
    private int[] _heads = []; // One more than the entry that is the key's newest; 0 for none.

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (int key in _keys)
        {
            _heads[key] = 0;
        }

        _keys.Clear();
        _entries.Clear();
    }

    /// <summary>Adds a type under a key, which is not negative.</summary>
    public void Add(int key, int type)
    {
        Buffers.Grow(ref _heads, key + 1);
        _keys.Add(key);
        _entries.Add((type, _heads[key]));
        _heads[key] = _entries.Count;
    }

    /// <summary>Appends the types under a key.</summary>
    public void Find(int key, List<int> types)
    {
        int at = key < _heads.Length ? _heads[key] : 0;
        while (at > 0)
        {
            (int type, at) = _entries[at - 1];
            types.Add(type);
        }
    }
}
