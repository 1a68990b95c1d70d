using TaskGrain.Runtime;

namespace TaskGrain.Tests.Runtime;

public sealed class SeededRandomTests
{
    [Fact]
    public void Sequence_is_the_published_one_of_SplitMix64()
    {
        // Reference values of SplitMix64 for seed 1234567 (Vigna's splitmix64.c).
        var random = new SeededRandom(1234567);
        Assert.Equal(6457827717110365317UL, random.NextUInt64());
        Assert.Equal(3203168211198807973UL, random.NextUInt64());
        Assert.Equal(9817491932198370423UL, random.NextUInt64());
    }

    [Fact]
    public void Whole_numbers_cover_their_range_evenly()
    {
        var random = new SeededRandom(5);
        int[] counts = new int[7];
        for (int i = 0; i < 7000; i++)
        {
            counts[random.NextInt(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void A_derived_stream_does_not_depend_on_draws_made_after_it()
    {
        var a = new SeededRandom(9);
        ulong before = a.Derive(3).NextUInt64();
        Assert.Equal(before, new SeededRandom(9).Derive(3).NextUInt64());
        Assert.NotEqual(before, a.Derive(4).NextUInt64());
    }
}
