using TaskGrain.Metrics;
using TaskGrain.Runtime;
using SnowballEnglish = Lucene.Net.Tartarus.Snowball.Ext.EnglishStemmer;

namespace TaskGrain.Tests.Metrics;

public sealed class EnglishStemmerTests
{
    private static readonly string[] Pieces =
    [
        "y",
        "a",
        "e",
        "i",
        "o",
        "u",
        "b",
        "l",
        "t",
        "s",
        "r",
        "w",
        "x",
        "st",
        "tt",
        "ll",
        "pp",
        "'",
        "'s",
        "gener",
        "commun",
        "arsen",
        "ed",
        "edly",
        "ing",
        "ingly",
        "eed",
        "ies",
        "ied",
        "us",
        "ss",
        "ational",
        "tional",
        "enci",
        "anci",
        "abli",
        "entli",
        "izer",
        "ization",
        "alism",
        "aliti",
        "fulness",
        "ousli",
        "iveness",
        "biliti",
        "bli",
        "logi",
        "fulli",
        "lessli",
        "li",
        "alize",
        "icate",
        "ical",
        "ful",
        "ness",
        "ative",
        "ement",
        "ment",
        "ent",
        "sion",
        "tion",
        "ate",
        "iti",
        "ous",
        "ive",
        "ize",
        "e",
        "Y",
        "é",
    ];

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

    /// <summary>Lucene.NET carries the Java code that Snowball generated, of METEOR's time.</summary>
    [Fact]
    public void Words_made_of_suffixes_are_stemmed_as_Snowball_does()
    {
        var random = new SeededRandom(11);
        AssertLikeSnowball(
            Enumerable
                .Range(0, 60_000)
                .Select(_ => string.Concat(Enumerable.Range(0, 1 + random.NextInt(5)).Select(_ => random.Pick(Pieces))))
        );
    }

    [Fact]
    public void All_words_of_WordNet_are_stemmed_as_Snowball_does()
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/wordnet"), "wordnet-base is not installed");
        WordNetCompiler.WordNetSource source = WordNetCompiler.WordNetSource.Read("/usr/share/wordnet");
        AssertLikeSnowball(source.Lemmas.Keys.Concat(source.Exceptions.Keys));
    }

    private static void AssertLikeSnowball(IEnumerable<string> words)
    {
        var snowball = new SnowballEnglish();
        var stemmer = new EnglishStemmer();
        foreach (string word in words)
        {
            snowball.SetCurrent(word);
            snowball.Stem();
            Assert.Equal(snowball.Current, stemmer.Stem(word));
        }
    }
}
