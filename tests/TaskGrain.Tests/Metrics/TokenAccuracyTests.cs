using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

public sealed class TokenAccuracyTests
{
    [Theory]
    [InlineData("putting a cup", "putting a cup", 3, 3)]
    [InlineData("putting a cup", "putting a pen", 2, 3)]
    [InlineData("a cup", "putting a cup", 0, 3)] // by position: one word left out in front spoils the rest
    [InlineData("putting a cup on a table", "putting a cup", 3, 6)]
    [InlineData("", "putting a cup", 0, 3)]
    [InlineData("", "", 0, 0)]
    [InlineData("putting [Something]", "putting [Something]", 1, 2)]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 x", 14, 14)]
    public void Words_are_compared_position_by_position(string hypothesis, string reference, int right, int words) =>
        Assert.Equal(new TokenAccuracy(right, words, 14), TokenAccuracy.Compare(hypothesis, [reference]));

    [Fact]
    public void Padding_counts_in_the_second_measure_only()
    {
        TokenAccuracy tokens = TokenAccuracy.Compare("putting a cup", ["putting a pen"]);
        Assert.Equal(2.0 / 3, tokens.Accuracy, 15);
        Assert.Equal(13.0 / 14, tokens.AccuracyWithPadding, 15);
    }

    [Fact]
    public void The_best_reference_counts() =>
        Assert.Equal(1, TokenAccuracy.Compare("a cup", ["the pen", "a cup"]).Accuracy);

    [Fact]
    public void A_corpus_is_the_sum_of_its_positions() =>
        Assert.Equal(
            new TokenAccuracy(3, 5, 28),
            TokenAccuracy.Compare("a b", ["a b"]) + TokenAccuracy.Compare("a c d", ["a b"])
        );
}
