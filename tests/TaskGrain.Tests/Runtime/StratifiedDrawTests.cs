using TaskGrain.Runtime;

namespace TaskGrain.Tests.Runtime;

public sealed class StratifiedDrawTests
{
    [Fact]
    public void Every_class_comes_once_in_ascending_order_with_all_its_items()
    {
        int[] labels = [3, 0, 3, 1, 0, 3];

        var drawn = StratifiedDraw.Shuffled(labels, new SeededRandom(5)).ToList();

        Assert.Equal([0, 1, 3], drawn.Select(own => own.Class));
        Assert.Equal([1, 4], drawn[0].Items.Order());
        Assert.Equal([3], drawn[1].Items);
        Assert.Equal([0, 2, 5], drawn[2].Items.Order());
    }

    [Fact]
    public void Another_class_growing_does_not_change_the_order_in_this_one()
    {
        int[] few = [.. Enumerable.Repeat(1, 20), 2];
        int[] more = [.. few, 2, 2, 0];

        int[] before = Class(few, 1);

        Assert.Equal(before, Class(more, 1));
        Assert.NotEqual(Enumerable.Range(0, 20), before);
    }

    [Fact]
    public void The_generator_given_is_not_moved()
    {
        var random = new SeededRandom(5);
        ulong state = random.State;

        Assert.Equal(2, StratifiedDraw.Shuffled([0, 1, 1], random).Count());
        Assert.Equal(state, random.State);
    }

    private static int[] Class(int[] labels, int own) =>
        StratifiedDraw.Shuffled(labels, new SeededRandom(5)).Single(drawn => drawn.Class == own).Items;
}
