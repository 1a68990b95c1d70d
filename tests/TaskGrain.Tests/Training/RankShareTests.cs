using TaskGrain.Data;
using TaskGrain.Runtime.Ranks;
using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

public sealed class RankShareTests
{
    [Fact]
    public void Ranks_take_neighbouring_clips_of_every_batch_in_their_places()
    {
        ClipExample[] order = [.. Enumerable.Range(0, 11).Select(i => new ClipExample(100 + i))];

        // Batches of 4 for 3 ranks: 2, 1 and 1; the last one has 3 clips.
        Assert.Equal([0, 1, 4, 5, 8], Places(order, 4, 0, 3));
        Assert.Equal([2, 6, 9], Places(order, 4, 1, 3));
        Assert.Equal([3, 7, 10], Places(order, 4, 2, 3));
        Assert.Equal(106, new RankOrder(order, 4, Place(1, 3))[1].StoreIndex);
    }

    [Fact]
    public void A_rank_without_a_clip_of_the_last_batch_gets_one_that_does_not_count()
    {
        ClipExample[] order = [.. Enumerable.Range(0, 5).Select(i => new ClipExample(i))];

        Assert.Equal([1, 3, 4], Places(order, 2, 1, 2));
        Assert.Equal(new RankShare(0, 1), RankShare.Of(1, Place(1, 2)));
        Assert.Equal(0, RankShare.Of(1, Place(1, 2)).Part);
        Assert.Equal(new RankShare(1, 1), RankShare.Of(1, Place(0, 2)));
    }

    [Fact]
    public void No_batch_is_larger_than_the_rank_s_share_of_a_full_one()
    {
        for (int size = 1; size <= 6; size++)
        {
            for (int rank = 0; rank < size; rank++)
            {
                for (int clips = 1; clips < 20; clips++)
                {
                    int mine = RankShare.Of(clips, Place(rank, size)).Mine;
                    Assert.InRange(mine, 0, RankShare.Of(clips + 1, Place(rank, size)).Mine);
                }
            }
        }
    }

    [Fact]
    public void A_list_is_divided_without_rest() =>
        Assert.Equal(
            [0, 1, 2, 3, 4],
            Enumerable
                .Range(0, 3)
                .SelectMany(rank =>
                    RankShare.Slice([.. Enumerable.Range(0, 5).Select(i => new ClipExample(i))], Place(rank, 3))
                )
                .Select(example => example.StoreIndex)
        );

    private static int[] Places(ClipExample[] order, int batch, int rank, int size) =>
        [.. new RankOrder(order, batch, Place(rank, size)).Select(example => example.Place!.Value)];

    private static RankPlace Place(int rank, int size) => new(rank, size, rank, size, IsBound: false);
}
