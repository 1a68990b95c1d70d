using System.IO.Compression;
using TaskGrain.Metrics;
using TaskGrain.WordNetCompiler;

namespace TaskGrain.Tests.Metrics;

public sealed class WordNetTests
{
    private const string Installed = "/usr/share/wordnet";

    private static readonly Lazy<WordNetSource> Source = new(() => WordNetSource.Read(Installed));

    [Fact]
    public void All_lemmas_are_there() => Assert.Equal(147_306, WordNet.Shared.LemmaCount);

    [Theory]
    [InlineData("couch", "sofa", true)]
    [InlineData("rock", "stone", true)]
    [InlineData("cup", "bottle", false)]
    [InlineData("knives", "knife", true)] // an exception
    [InlineData("took", "take", true)]
    [InlineData("boxes", "box", true)] // a rule
    [InlineData("widgets", "gadget", true)] // a rule, then a synonym
    [InlineData("ass", "as", false)] // a word in -ss is not reduced
    [InlineData("Couch", "sofa", false)] // lemmas are in lower case
    [InlineData("sea_lion", "seal", false)]
    [InlineData("motor_vehicle", "automotive_vehicle", true)] // a lemma of two words
    [InlineData("café", "cafe", false)]
    [InlineData("zygomatics", "zygomatic", true)] // a lemma without synonyms is still itself
    [InlineData("entity", "breathe", true)] // offset 1740 of nouns and of verbs: METEOR does not tell them apart
    [InlineData("qwrtz", "qwrtz", false)]
    public void Words_share_a_synset_or_not(string a, string b, bool expected) =>
        Assert.Equal(expected, WordNet.Shared.SynsetsOf(a).Intersect(WordNet.Shared.SynsetsOf(b)).Any());

    [Fact]
    public void Any_string_may_be_asked_for()
    {
        Assert.Empty(WordNet.Shared.SynsetsOf(""));
        Assert.Empty(WordNet.Shared.SynsetsOf(new string('a', 10_000)));
        Assert.Empty(WordNet.Shared.SynsetsOf("\u4E2D"));
    }

    [Fact]
    public void Data_that_are_cut_short_are_refused()
    {
        byte[] data = Unpack();
        Assert.Throws<InvalidDataException>(() => WordNetData.Read(new MemoryStream(data[..^1])));
        Assert.Throws<InvalidDataException>(() => WordNetData.Read(new MemoryStream([.. data, 0])));
        Assert.Throws<InvalidDataException>(() => WordNetData.Read(new MemoryStream("something else"u8.ToArray())));
    }

    [Fact]
    public void The_resource_is_what_the_compiler_makes_of_Debians_WordNet()
    {
        Assert.SkipUnless(Directory.Exists(Installed), "wordnet-base is not installed");
        Assert.Equal(WordNetWriter.Write(Source.Value), Unpack());
    }

    [Fact]
    public void Compiling_keeps_which_lemmas_share_synsets()
    {
        Assert.SkipUnless(Directory.Exists(Installed), "wordnet-base is not installed");
        WordNetSource source = Source.Value;
        using var compiled = new MemoryStream(WordNetWriter.Write(source));
        WordNetData data = WordNetData.Read(compiled);
        string[] lemmas = [.. source.Lemmas.Keys];
        // All lemmas of a synset before are those of a synset after, and the other way round.
        Assert.Equal(
            Neighbours(lemmas, l => source.Lemmas[l]),
            Neighbours(lemmas, l => data.SynsetsOfLemma(data.Find(l)))
        );
        foreach ((string form, SortedSet<string> bases) in source.Exceptions)
        {
            Assert.Equal(
                bases.Where(source.Lemmas.ContainsKey).Select(b => data.Find(b)),
                data.BaseForms(data.FindException(form)).ToArray()
            );
        }
    }

    private static List<string> Neighbours(string[] lemmas, Func<string, IEnumerable<int>> synsets) =>
        [
            .. lemmas
                .SelectMany(lemma => synsets(lemma).Select(synset => (synset, lemma)))
                .GroupBy(pair => pair.synset, pair => pair.lemma)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(' ', group))
                .Order(StringComparer.Ordinal),
        ];

    private static byte[] Unpack()
    {
        using Stream packed = typeof(WordNet).Assembly.GetManifestResourceStream("TaskGrain.Metrics.WordNet.bin.br")!;
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        return memory.ToArray();
    }
}
