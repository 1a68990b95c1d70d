using System.Numerics;

namespace TaskGrain.Metrics;

/// <summary>
/// Which words of a hypothesis a partial alignment has used, by their ranks in <see cref="MeteorHypothesis"/>. A set
/// never changes; one with a word more shares all but a path of nodes with it, so the alignments of a beam cost
/// memory only for what they differ in. Null is the empty set. Sets are trees over spans of ranks, halved down to the
/// bits of one machine word.
/// </summary>
internal sealed class UsedWords
{
    /// <summary>Ranks of a leaf.</summary>
    public const int LeafSpan = 64;

    private readonly UsedWords? _low;
    private readonly UsedWords? _high;
    private readonly ulong _bits;
    private readonly int _count;
    private readonly long _sum;

    private UsedWords(UsedWords? low, UsedWords? high, ulong bits, int count, long sum)
    {
        _low = low;
        _high = high;
        _bits = bits;
        _count = count;
        _sum = sum;
    }

    /// <summary>A set with one word more.</summary>
    /// <param name="set">The set, which does not have the word.</param>
    /// <param name="span">Ranks the set is made for, a power of two.</param>
    /// <param name="rank">The word's rank.</param>
    /// <param name="position">Its position in the hypothesis.</param>
    public static UsedWords Add(UsedWords? set, int span, int rank, int position)
    {
        int count = (set?._count ?? 0) + 1;
        long sum = (set?._sum ?? 0) + position;
        if (span == LeafSpan)
        {
            return new UsedWords(null, null, (set?._bits ?? 0) | (1UL << rank), count, sum);
        }

        int half = span / 2;
        return rank < half
            ? new UsedWords(Add(set?._low, half, rank, position), set?._high, 0, count, sum)
            : new UsedWords(set?._low, Add(set?._high, half, rank - half, position), 0, count, sum);
    }

    /// <summary>The first rank from one on that is not in the set; the span when all are.</summary>
    public static int NextFree(UsedWords? set, int span, int from)
    {
        if (set is null || from >= span)
        {
            return from;
        }

        if (set._count == span)
        {
            return span;
        }

        if (span == LeafSpan)
        {
            return BitOperations.TrailingZeroCount(~set._bits & (ulong.MaxValue << from));
        }

        int half = span / 2;
        if (from < half)
        {
            int low = NextFree(set._low, half, from);
            if (low < half)
            {
                return low;
            }

            from = half;
        }

        return half + NextFree(set._high, half, from - half);
    }

    /// <summary>Number and sum of positions of the set's words among some ranks.</summary>
    /// <param name="set">The set.</param>
    /// <param name="span">Ranks the set is made for.</param>
    /// <param name="from">The first rank.</param>
    /// <param name="to">The rank after the last.</param>
    /// <param name="positions">The position of each rank of the span, as far as there are words.</param>
    public static (int Count, long Sum) Tally(UsedWords? set, int span, int from, int to, ReadOnlySpan<int> positions)
    {
        if (set is null || from >= to)
        {
            return default;
        }

        if (from <= 0 && to >= span)
        {
            return (set._count, set._sum);
        }

        if (span == LeafSpan)
        {
            ulong bits = set._bits & (ulong.MaxValue << from);
            bits &= to >= LeafSpan ? ulong.MaxValue : (1UL << to) - 1;
            long positionSum = 0;
            for (ulong rest = bits; rest != 0; rest &= rest - 1)
            {
                positionSum += positions[BitOperations.TrailingZeroCount(rest)];
            }

            return (BitOperations.PopCount(bits), positionSum);
        }

        int half = span / 2;
        (int Count, long Sum) low = from < half ? Tally(set._low, half, from, Math.Min(to, half), positions) : default;
        if (to <= half)
        {
            return low;
        }

        (int Count, long Sum) high = Tally(set._high, half, Math.Max(0, from - half), to - half, positions[half..]);
        return (low.Count + high.Count, low.Sum + high.Sum);
    }
}
