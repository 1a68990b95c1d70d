using System.Collections;
using TaskGrain.Data;
using TaskGrain.Runtime.Ranks;

namespace TaskGrain.Training;

/// <summary>
/// A rank's clips of an epoch, batch after batch. Each keeps its place in the order of all clips, by which it is
/// cropped, so that all ranks together see what one alone would. Where the last batch has no clip for the rank, it gets
/// the batch's first one, which does not count.
/// </summary>
internal sealed class RankOrder : IReadOnlyList<ClipExample>
{
    private readonly IReadOnlyList<ClipExample> _order;
    private readonly RankPlace _place;
    private readonly int _batchSize;
    private readonly int _mine;
    private readonly int _fullBatches;

    /// <param name="order">All clips of the epoch, in order.</param>
    /// <param name="batchSize">Clips of a batch, at least one for each rank.</param>
    /// <param name="place">Which rank.</param>
    public RankOrder(IReadOnlyList<ClipExample> order, int batchSize, RankPlace place)
    {
        _order = order;
        _place = place;
        _batchSize = batchSize;
        _mine = RankShare.Of(batchSize, place).Mine;
        _fullBatches = order.Count / batchSize;
        int rest = order.Count % batchSize;
        Count = (_fullBatches * _mine) + (rest == 0 ? 0 : Math.Max(1, RankShare.Of(rest, place).Mine));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public ClipExample this[int index]
    {
        get
        {
            int batch = Math.Min(index / _mine, _fullBatches);
            int clips = Math.Min(_batchSize, _order.Count - (batch * _batchSize));
            int first = RankShare.Of(clips, _place).Mine == 0 ? 0 : RankShare.First(clips, _place);
            int at = (batch * _batchSize) + first + index - (batch * _mine);
            return _order[at] with { Place = at };
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ClipExample> GetEnumerator() =>
        Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
