using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class CaptionWordsTests
{
    [Theory]
    [InlineData("a men,s short sleeve shirt", "a men short sleeve shirt")] // paper, Table 5
    [InlineData("a men's shirt", "a men shirt")]
    [InlineData("boys' shoes", "boys shoes")]
    [InlineData("dog’s toy", "dog toy")]
    [InlineData("so lightly that it doesn't or almost doesn't move", "so lightly that it doesnt or almost doesnt move")]
    [InlineData("can,t", "cant")]
    [InlineData("  A  Red   CUP. ", "a red cup")]
    [InlineData("t-shirt", "tshirt")]
    [InlineData("cup - red", "cup red")]
    [InlineData("pen,pencil", "pen pencil")]
    [InlineData("salt & pepper", "salt and pepper")]
    [InlineData("4 coins", "4 coins")]
    [InlineData("1.5 l bottle", "1.5 l bottle")]
    [InlineData("1,000 coins", "1000 coins")]
    [InlineData("500ml bottle", "500ml bottle")]
    [InlineData("t.v. remote", "tv remote")]
    [InlineData("\"toy\" (small)", "toy small")]
    [InlineData("black/white pen", "black white pen")]
    [InlineData("café crème", "café crème")]
    [InlineData("my_box", "my box")]
    [InlineData("[something]", "something")]
    [InlineData("...", "")]
    [InlineData("", "")]
    public void A_text_is_cut_into_words(string text, string words) =>
        Assert.Equal(words, string.Join(' ', CaptionWords.Split(text)));

    [Fact]
    public void Words_are_stable_under_cutting_again()
    {
        foreach (string template in Taxonomy.SomethingSomething.Categories)
        {
            IReadOnlyList<string> words = CaptionWords.Split(template);
            Assert.Equal(words, CaptionWords.Split(string.Join(' ', words)));
        }
    }
}
