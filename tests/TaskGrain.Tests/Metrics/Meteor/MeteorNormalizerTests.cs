using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

/// <summary>The rules of METEOR's -norm one by one; whole captions are in the oracle.</summary>
public sealed class MeteorNormalizerTests
{
    [Theory]
    [InlineData("Putting a Cup", "putting|a|cup")]
    [InlineData("", "")]
    [InlineData("a/b (c)", "a|/|b|(|c|)")] // rule 1
    [InlineData("中文かな", "中|文|か|な")]
    [InlineData("a\U0001F600b", "a|\U0001F600|b")]
    [InlineData("end...now", "end|...|now")] // rule 2
    [InlineData("end....", "end|....")]
    [InlineData("a,b 1,000 1,a a,1 ,,", "a|,|b|1,000|1|,|a|a|,|1|,|,")] // rule 3
    [InlineData("1,2,3", "1,2,3")]
    [InlineData("``big'' ‘x’ “y”", "\"|big|\"|'|x|'|\"|y|\"")] // rule 4
    [InlineData("a--b a–b", "a|b|a|-|b")] // rules 5 and 6: a dash becomes a hyphen, a hyphen inside a word a blank
    [InlineData("t-shirt x-y-z -a a-", "t|shirt|x|y-z|-a|a-")] // rule 6
    [InlineData("U.S.-made", "us|made")]
    [InlineData("someone's doesn't 1990's", "someone|'s|doesn|'t|1990|'s")] // rule 7
    [InlineData("o'c'clock", "o|'c'clock")]
    [InlineData("boys' 'n 5'x", "boys|'|'|n|5'x")]
    [InlineData("U.S. i.e. a.b.c.", "us|ie|abc")] // rule 8
    [InlineData("Dr. X", "dr.|x")]
    [InlineData("cup. Next", "cup|.|next")]
    [InlineData("cup. next", "cup.|next")]
    [InlineData("cup.", "cup|.")]
    [InlineData("No. 5 No. x No. X", "no.|5|no.|x|no|.|x")]
    [InlineData("3.5 7.", "3.5|7|.")]
    [InlineData("a\u00A0b\u3000c", "a|b|c")] // rule 9
    [InlineData("Ça \u0130", "ça|i\u0307")]
    [InlineData("a\tb\nc\vd\fe\rf", "a|b|c|d|e|f")]
    [InlineData("\u0001a\u0001b\u0001", "a|\u0001|b")] // a control character is a token but at the ends
    public void Tokens(string raw, string expected)
    {
        var buffer = new CharBuffer();
        MeteorNormalizer.Append(raw, buffer);
        string[] tokens = buffer
            .Written.ToString()
            .Split(MeteorNormalizer.AsciiWhiteSpace.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, string.Join('|', tokens));
    }
}
