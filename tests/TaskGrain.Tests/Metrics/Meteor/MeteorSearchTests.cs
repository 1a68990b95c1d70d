using TaskGrain.Lab.Benchmarks.Plain;
using TaskGrain.Metrics;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Metrics;

/// <summary>The fast search against one that follows the rules in the plainest way.</summary>
public sealed class MeteorSearchTests
{
    private static readonly string[] Words =
    [
        "the",
        "a",
        "cup",
        "cups",
        "put",
        "putting",
        "rock",
        "stone",
        "image",
        "picture",
        "pictures",
        "on",
        "upon",
        "of",
    ];

    [Theory]
    [InlineData(1, 12, 400, 40)]
    [InlineData(2, 30, 120, 40)]
    [InlineData(3, 90, 8, 40)] // more words than a machine word has bits
    [InlineData(8, 200, 1, 10)] // and than several
    [InlineData(4, 14, 300, 1)]
    [InlineData(5, 14, 300, 3)]
    public void Alignments_equal_the_plain_search(ulong seed, int longest, int captions, int beamWidth) =>
        Compare(new MeteorOptions { BeamWidth = beamWidth }, paraphrases: null, seed, longest, captions);

    [Theory]
    [InlineData(MeteorModule.Exact)]
    [InlineData(MeteorModule.Stem, MeteorModule.Exact)]
    [InlineData(MeteorModule.Synonym, MeteorModule.Stem)]
    public void Modules_may_come_in_any_order(params MeteorModule[] modules) =>
        Compare(
            new MeteorOptions { Modules = modules, Normalize = false },
            paraphrases: null,
            seed: 6,
            longest: 14,
            captions: 200
        );

    [Fact]
    public void Phrases_are_aligned_as_wholes()
    {
        (string[], string[])[] entries =
        [
            (["the", "cup"], ["a", "cups"]),
            (["put"], ["putting", "upon"]),
            (["on", "the"], ["upon", "a"]),
            (["rock"], ["stone"]),
            (["cup", "of", "the"], ["cups"]),
            (["the", "rock"], ["image"]),
            (["on", "put"], ["stone", "a"]),
            (["a"], ["the"]),
            (["the", "cup"], ["image", "picture"]),
            (["of"], ["upon", "image"]),
            (["stone"], ["rock", "on"]),
        ];
        string text = string.Concat(
            entries.Select(e => $"0.5\n{string.Join(' ', e.Item1)}\n{string.Join(' ', e.Item2)}\n")
        );
        var options = new MeteorOptions
        {
            Modules = [MeteorModule.Exact, MeteorModule.Stem, MeteorModule.Synonym, MeteorModule.Paraphrase],
            Paraphrases = ParaphraseTable.Read(new StringReader(text), "table"),
        };
        int phrases = Compare(
            options,
            entries,
            seed: 7,
            longest: 14,
            captions: 800,
            ["the", "cup", "put", "on", "of", "rock"]
        );
        Assert.True(phrases > 50, $"only {phrases} matches of more than one word; the test tests nothing");
    }

    [Fact]
    public void A_word_said_thirty_thousand_times_takes_no_more_than_its_length()
    {
        const int words = 30_000;
        string hypothesis = string.Join(' ', Enumerable.Repeat("again", words));
        string reference = string.Join(' ', Enumerable.Repeat("again", words - 1).Append("on"));
        var meteor = new Meteor(new MeteorOptions { BeamWidth = 4 });
        long before = GC.GetAllocatedBytesForCurrentThread();

        MeteorCounts counts = meteor.Count(hypothesis, [reference]);

        // Listing the pairs alone would take 18 GB.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, 600_000_000);
        Assert.Equal(words - 1, counts.Matches[0].ContentHypothesis);
        Assert.Equal(1, counts.Chunks);
    }

    [Fact]
    public void More_than_4096_words_are_aligned()
    {
        string hypothesis = string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"w{i}"));

        MeteorAlignment alignment = new Meteor().Align(hypothesis, ["a dog w7 w4999"]);

        Assert.Equal([7, 4999], alignment.Matches.Select(match => match.Hypothesis));
        Assert.Equal(2, alignment.Counts.Chunks);
    }

    /// <summary>Aligns random captions both ways and returns how many matches had more than one word.</summary>
    private static int Compare(
        MeteorOptions options,
        (string[] Reference, string[] Hypothesis)[]? paraphrases,
        ulong seed,
        int longest,
        int captions,
        string[]? referenceWords = null
    )
    {
        var random = new SeededRandom(seed);
        var meteor = new Meteor(options);
        var plain = new PlainMeteor(options, paraphrases);
        int phrases = 0;
        for (int i = 0; i < captions; i++)
        {
            string hypothesis = RandomCaptions.Make(random, longest, Words);
            string reference = RandomCaptions.Make(random, longest, referenceWords ?? Words);
            IReadOnlyList<MeteorMatch> actual = meteor.Align(hypothesis, [reference]).Matches;
            Assert.Equal(plain.Align(hypothesis, reference), actual);
            phrases += actual.Count(m => m.HypothesisLength > 1 || m.ReferenceLength > 1);
        }

        return phrases;
    }
}
