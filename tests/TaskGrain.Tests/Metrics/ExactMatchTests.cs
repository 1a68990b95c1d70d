using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

public sealed class ExactMatchTests
{
    private static readonly HashSet<string> Vocabulary = ["putting", "a", "bottle", "on", "table", "something"];

    [Theory]
    [InlineData("Putting a cup on a table.", "putting a CUP on a table", true)]
    [InlineData("putting a cup", "putting a cup on a table", false)]
    [InlineData("putting cup a", "putting a cup", false)]
    [InlineData("putting [Something] on a table", "putting vaporub on a table", false)]
    [InlineData("putting [Something] on a table", "putting [Something] on a table", false)]
    [InlineData("putting [Something].", "putting something", false)]
    [InlineData("putting [Something], ([something])", "putting something something", false)]
    [InlineData("putting something on a table", "putting something on a table", true)]
    [InlineData("", "", true)]
    public void Strictly_every_word_must_be_said(string hypothesis, string reference, bool expected) =>
        Assert.Equal(expected, ExactMatch.IsMatch(hypothesis, [reference]));

    [Theory]
    [InlineData("putting [Something] on a table", "putting vaporub on a table", true)]
    [InlineData("putting [something] on a table", "putting Vaporub on a table", true)]
    [InlineData("putting [Something] bottle on a table", "putting vicks bottle on a table", true)]
    [InlineData("putting [Something] on a table", "putting vicks vaporub on a table", false)] // one mark, one word
    [InlineData("putting a [Something] on a table", "putting a bottle on a table", false)] // the model knows the word
    [InlineData("putting something on a table", "putting vaporub on a table", false)] // the word, not the mark
    [InlineData("putting [Something] on a table", "putting something on a table", false)]
    [InlineData("putting [Something] on a table", "putting [Something] on a table", true)]
    [InlineData("putting a bottle on a table", "putting a bottle on a table", true)]
    public void A_mark_may_stand_for_a_word_outside_the_vocabulary(
        string hypothesis,
        string reference,
        bool expected
    ) => Assert.Equal(expected, ExactMatch.IsMatchAllowingRare(hypothesis, [reference], Vocabulary));

    [Fact]
    public void Without_a_vocabulary_a_mark_is_right_for_a_mark_only()
    {
        Assert.True(ExactMatch.IsMatchAllowingRare("a [Something]", ["a [Something]"], vocabulary: null));
        Assert.False(ExactMatch.IsMatchAllowingRare("a [Something]", ["a vaporub"], vocabulary: null));
    }

    [Fact]
    public void One_of_several_references_is_enough() => Assert.True(ExactMatch.IsMatch("a cup", ["the cup", "a cup"]));
}
