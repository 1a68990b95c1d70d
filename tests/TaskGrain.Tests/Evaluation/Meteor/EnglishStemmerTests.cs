using TaskGrain.Evaluation;

namespace TaskGrain.Tests.Evaluation;

public sealed class EnglishStemmerTests
{
    [Fact]
    public void Every_stem_is_METEORs()
    {
        var stemmer = new EnglishStemmer();
        var words = CaptionOracle.Stems.EnumerateObject().ToList();
        Assert.Equal(598, words.Count);
        foreach (var word in words)
        {
            Assert.Equal(word.Value.GetString(), stemmer.Stem(word.Name));
        }
    }
}
