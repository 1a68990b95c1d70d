using TaskGrain.Data;
using TaskGrain.Runtime.Ranks;

namespace TaskGrain.Training;

/// <summary>
/// Which clips of a batch a rank computes on. Ranks take neighbouring clips of it, as many each, the first ones one
/// more where it does not divide evenly.
/// </summary>
/// <param name="Mine">Clips of the batch that are this rank's.</param>
/// <param name="All">Clips of the batch.</param>
internal readonly record struct RankShare(int Mine, int All)
{
    /// <summary>The rank's part of the batch.</summary>
    public double Part => (double)Mine / All;

    /// <summary>A rank's share of a batch.</summary>
    /// <param name="clips">Clips of the batch.</param>
    /// <param name="place">Which rank.</param>
    public static RankShare Of(int clips, RankPlace place) => new(First(clips, place, 1) - First(clips, place), clips);

    /// <summary>A rank's part of clips whose order does not matter.</summary>
    /// <param name="list">The clips.</param>
    /// <param name="place">Which rank.</param>
    public static ClipExample[] Slice(IReadOnlyList<ClipExample> list, RankPlace place)
    {
        int first = First(list.Count, place);
        return [.. list.Skip(first).Take(First(list.Count, place, 1) - first)];
    }

    /// <summary>The first clip of a rank, or of one after it.</summary>
    /// <param name="clips">Clips of the batch.</param>
    /// <param name="place">Which rank.</param>
    /// <param name="after">How many ranks after it.</param>
    public static int First(int clips, RankPlace place, int after = 0)
    {
        int rank = place.Rank + after;
        return (rank * (clips / place.Size)) + Math.Min(rank, clips % place.Size);
    }
}
