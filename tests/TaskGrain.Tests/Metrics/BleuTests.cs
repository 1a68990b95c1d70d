using System.Text.Json;
using TaskGrain.Lab.Benchmarks.Plain;
using TaskGrain.Metrics;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Metrics;

public sealed class BleuTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Groups() => [.. CaptionOracle.Groups];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_caption_has_the_reference_programs_counts_and_scores(string group)
    {
        var bleu = new Bleu();
        foreach (JsonElement item in CaptionOracle.Items(group))
        {
            BleuCounts counts = bleu.Count(item.Text("hyp_raw"), item.Texts("refs_raw"));
            AssertEqual(item, counts);
            Assert.Equal(counts, bleu.Count(item.Text("hyp_clean"), item.Texts("refs_clean")));
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void The_corpus_score_comes_from_summed_counts(string group)
    {
        var bleu = new Bleu();
        BleuCounts sum = default;
        foreach (JsonElement item in CaptionOracle.Items(group))
        {
            sum += bleu.Count(item.Text("hyp_raw"), item.Texts("refs_raw"));
        }

        AssertEqual(CaptionOracle.Corpus(group), sum);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(60)]
    public void The_fast_counts_equal_the_plain_ones(int longest)
    {
        var bleu = new Bleu();
        var random = new SeededRandom(1);
        for (int i = 0; i < 500; i++)
        {
            string hypothesis = RandomCaptions.Make(random, longest, "a", "cup", "on", "table");
            string[] references =
            [
                .. Enumerable
                    .Range(0, 1 + random.NextInt(3))
                    .Select(_ => RandomCaptions.Make(random, longest, "a", "cup", "on", "the")),
            ];
            Assert.Equal(PlainBleu.Count(hypothesis, references), bleu.Count(hypothesis, references));
        }
    }

    [Fact]
    public void The_reference_closest_in_length_counts_and_the_shorter_one_on_a_tie() =>
        Assert.Equal(3, new Bleu().Count("a b c d", ["a b c d e", "a b c", "a b"]).ReferenceLength);

    [Fact]
    public void A_caption_without_a_reference_is_a_fault() =>
        Assert.Throws<ArgumentException>(() => new Bleu().Count("a", []));

    private static void AssertEqual(JsonElement expected, BleuCounts actual)
    {
        JsonElement counts = expected.GetProperty("bleu_counts");
        Assert.Equal(counts.GetProperty("hyp_len").GetInt32(), actual.HypothesisLength);
        Assert.Equal(counts.GetProperty("closest_ref_len").GetInt32(), actual.ReferenceLength);
        Assert.Equal(counts.Integers("hyp_ngrams"), Enumerable.Range(1, 4).Select(actual.Total));
        Assert.Equal(counts.Integers("clipped_matches"), Enumerable.Range(1, 4).Select(actual.Matches));
        for (int order = 1; order <= 4; order++)
        {
            Assert.Equal(expected.GetProperty("bleu")[order - 1].GetDouble(), actual.Score(order), Tolerance);
        }
    }
}
