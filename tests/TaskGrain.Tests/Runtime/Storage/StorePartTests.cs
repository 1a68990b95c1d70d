using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class StorePartTests
{
    [Fact]
    public void A_part_has_every_nth_clip_from_its_own_on()
    {
        Assert.Equal([1, 4, 7], new StorePart(2, 3).PlacesIn(8));
        Assert.Equal([2, 5], new StorePart(3, 3).PlacesIn(8));
        Assert.Equal(["b", "d"], new StorePart(2, 2).Take(["a", "b", "c", "d", "e"]));
        Assert.Empty(new StorePart(5, 5).PlacesIn(4));
    }

    [Fact]
    public void Together_the_parts_have_every_clip_once()
    {
        for (int of = 1; of <= 7; of++)
        {
            int[] all = [.. Enumerable.Range(1, of).SelectMany(number => new StorePart(number, of).PlacesIn(20))];
            Assert.Equal(Enumerable.Range(0, 20), all.Order());
        }
    }

    [Theory]
    [InlineData("2/16", 2, 16)]
    [InlineData("1/1", 1, 1)]
    public void A_word_is_read(string word, int number, int of)
    {
        Assert.Equal(new StorePart(number, of), StorePart.Parse(word));
        Assert.Equal(word, StorePart.Parse(word).ToString());
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/100001")]
    [InlineData("4")]
    [InlineData("1/2/3")]
    [InlineData("-1/4")]
    [InlineData("a/b")]
    [InlineData("")]
    public void A_word_that_is_no_part_is_refused(string word) =>
        Assert.Throws<TaskGrainException>(() => StorePart.Parse(word));
}
