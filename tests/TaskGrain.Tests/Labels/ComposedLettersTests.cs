using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class ComposedLettersTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    [InlineData("u\u0308ber", "\u00fcber")]
    [InlineData("e\u0323\u0302", "\u1ec7")] // Vietnamese: two marks on one letter
    [InlineData("\u0438\u0306", "\u0439")] // Cyrillic
    [InlineData("\u304b\u3099", "\u304c")] // Japanese, the voiced mark
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00")] // Korean, with closing consonants
    [InlineData("x\u0301", "x\u0301")] // no such letter
    [InlineData("\u0301a", "\u0301a")]
    public void Letters_and_their_marks_are_joined(string apart, string joined) =>
        Assert.Equal(joined, ComposedLetters.Join(apart));
}
