using System.Numerics;
using System.Runtime.InteropServices;

namespace TaskGrain.Metrics;

/// <summary>
/// Tells equal n-grams of a few short texts: every n-gram is named by the position where its like was first seen.
/// An n-gram is the pair (name of its first n-1 words, last word), so names are exact, never a hash that may collide.
/// </summary>
internal sealed class NgramClasses
{
    private int[] _names = [];
    private Slot[] _slots = [];
    private int _stamp;

    /// <summary>
    /// Lengthens the n-grams at every position by one word and names them.
    /// </summary>
    /// <param name="words">The words of all texts behind one another; the same list for every order.</param>
    /// <param name="ends">End of each text in <paramref name="words"/>, ascending.</param>
    /// <param name="order">The length of the n-grams that come out: 1 at the first call, then 2, and so on.</param>
    /// <returns>The name of the n-gram that starts at each position; meaningless where none does.</returns>
    public ReadOnlySpan<int> Name(List<int> words, List<int> ends, int order)
    {
        if (_names.Length < words.Count)
        {
            int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, words.Count));
            _names = new int[capacity];
            _slots = new Slot[capacity * 4];
            _stamp = 0;
        }

        ReadOnlySpan<int> all = CollectionsMarshal.AsSpan(words);
        // A slot counts as empty unless it carries this call's stamp, which saves clearing the table.
        int stamp = ++_stamp;
        int mask = _slots.Length - 1;
        int start = 0;
        foreach (int end in CollectionsMarshal.AsSpan(ends))
        {
            for (int i = start; i + order <= end; i++)
            {
                int last = all[i + order - 1];
                int front = order == 1 ? -1 : _names[i];
                uint hash = ((uint)front * 0x9E3779B1u) ^ ((uint)last * 0x85EBCA77u);
                int at = (int)(hash ^ (hash >> 15)) & mask;
                while (_slots[at].Stamp == stamp && (_slots[at].Front != front || _slots[at].Last != last))
                {
                    at = (at + 1) & mask;
                }

                if (_slots[at].Stamp != stamp)
                {
                    _slots[at] = new Slot(stamp, front, last, i);
                }

                _names[i] = _slots[at].Name;
            }

            start = end;
        }

        return _names.AsSpan(0, words.Count);
    }

    private readonly record struct Slot(int Stamp, int Front, int Last, int Name);
}
