using System.Text.Json;
using TaskGrain.Lab.Benchmarks.Plain;
using TaskGrain.Metrics;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Metrics;

public sealed class CiderTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Groups() => [.. CaptionOracle.Groups];

    /// <summary>The file says how its numbers were made.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_caption_has_the_reference_programs_score(string group)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.File("captions/cider.json")));
        JsonElement expected = document.RootElement.GetProperty(group);
        IReadOnlyList<JsonElement> items = CaptionOracle.Items(group);
        double[] actual = Cider.Score(
            [.. items.Select(i => i.Text("hyp_raw"))],
            [.. items.Select(i => i.Texts("refs_raw"))]
        );
        Assert.Equal(
            expected.GetProperty("items").EnumerateArray().Select(e => e.GetDouble()),
            actual,
            (a, b) => Math.Abs(a - b) < Tolerance
        );
        Assert.Equal(expected.Number("corpus"), actual.Average(), Tolerance);
    }

    [Fact]
    public void The_fast_scores_equal_the_plain_ones()
    {
        var random = new SeededRandom(5);
        string Make() => RandomCaptions.Make(random, 9, "a", "cup", "on", "table", "the", "red");
        string[] hypotheses = [.. Enumerable.Range(0, 100).Select(_ => Make())];
        string[][] references =
        [
            .. hypotheses.Select(_ => Enumerable.Range(0, 1 + random.NextInt(3)).Select(_ => Make()).ToArray()),
        ];
        Assert.Equal(
            PlainCider.Score(hypotheses, references),
            Cider.Score(hypotheses, references),
            (a, b) => Math.Abs(a - b) < Tolerance
        );
    }

    /// <summary>
    /// Two items, "a b" and "a c". The word a is in both, so it weighs log 2 - log 2 = 0; b, c, "a b" and "a c" weigh
    /// w = log 2. First caption "a b": orders 1 and 2 have cosine 1, orders 3 and 4 have no n-gram: 10 * (1+1)/4 = 5.
    /// Second caption "c": order 1 has min(w,w)*w/(w*w) = 1, order 2 nothing; lengths in bigrams 0 and 1, so
    /// 10 * 1/4 * exp(-1/72).
    /// </summary>
    [Fact]
    public void A_case_computed_by_hand()
    {
        double[] scores = Cider.Score(
            ["a b", "c"],
            [
                ["a b"],
                ["a c"],
            ]
        );
        Assert.Equal(5, scores[0], Tolerance);
        Assert.Equal(2.5 * Math.Exp(-1.0 / 72), scores[1], Tolerance);
    }

    /// <summary>Count clipping: the hypothesis says b twice, the reference once: min(2w,w)*w / (2w*w) = 1/2.</summary>
    [Fact]
    public void Repeating_a_word_does_not_pay()
    {
        double[] scores = Cider.Score(
            ["b b", "x"],
            [
                ["b"],
                ["x"],
            ]
        );
        Assert.Equal(10 * (0.5 / 4) * Math.Exp(-1.0 / 72), scores[0], Tolerance);
    }

    [Fact]
    public void One_caption_alone_scores_0_because_every_weight_is_log_1() =>
        Assert.Equal(
            [0],
            Cider.Score(
                ["a cup"],
                [
                    ["a cup"],
                ]
            )
        );
}
