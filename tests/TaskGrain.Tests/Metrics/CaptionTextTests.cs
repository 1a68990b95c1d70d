using System.Text.Json;
using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

public sealed class CaptionTextTests
{
    [Fact]
    public void Every_text_of_the_oracle_is_cleaned_the_same_way()
    {
        foreach (JsonElement item in CaptionOracle.Groups.SelectMany(CaptionOracle.Items))
        {
            Assert.Equal(item.Text("hyp_clean"), CaptionText.Clean(item.Text("hyp_raw")));
            Assert.Equal(item.Texts("refs_clean"), item.Texts("refs_raw").Select(CaptionText.Clean));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n ", "")]
    [InlineData("!?.,;:", "")]
    [InlineData("  Putting   a\tcup ", "putting a cup")]
    [InlineData("T-shirt", "tshirt")]
    [InlineData("a - b", "a b")]
    [InlineData("$5 + 3 = 8", "5 3 8")]
    [InlineData("«Été»", "été")]
    [InlineData("a\u3000b", "a b")]
    [InlineData("\u0130", "i\u0307")]
    [InlineData("a\U00010100b", "ab")] // a punctuation mark outside the basic plane
    [InlineData("a\U0001F600b", "a\U0001F600b")] // a symbol is no punctuation
    [InlineData("\uD800x", "\uD800x")] // half a character is kept as it is
    [InlineData("\U00010400", "\U00010428")]
    public void Corner_cases(string raw, string clean) => Assert.Equal(clean, CaptionText.Clean(raw));
}
