using System.Text.Json;
using TaskGrain.Evaluation;

namespace TaskGrain.Tests.Evaluation;

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
