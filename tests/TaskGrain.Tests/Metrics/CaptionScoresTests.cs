using System.Text.Json;
using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

public sealed class CaptionScoresTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Groups() => [.. CaptionOracle.Groups];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Corpus_and_segments_are_the_reference_programs(string group)
    {
        IReadOnlyList<JsonElement> items = CaptionOracle.Items(group);
        CaptionEvaluation evaluation = CaptionEvaluation.Run(
            [.. items.Select(i => i.Text("hyp_raw"))],
            [.. items.Select(i => i.Texts("refs_raw"))]
        );
        JsonElement corpus = CaptionOracle.Corpus(group);
        AssertEqual(corpus, evaluation.Scores);
        Assert.Equal(items.Count, evaluation.Scores.Captions);
        foreach ((JsonElement item, CaptionScores segment) in items.Zip(evaluation.Segments))
        {
            AssertEqual(item, segment);
        }
    }

    [Fact]
    public void Perfect_captions_score_1()
    {
        string[] captions = ["putting a cup on a table", "closing a red book quickly"];
        CaptionScores scores = CaptionScores.Compute(captions, captions);
        Assert.Equal(1, scores.Bleu4, 6);
        Assert.Equal(
            [1, 1, 1, 1, 1],
            [scores.RougeL, scores.Meteor, scores.ExactMatch, scores.ExactMatchAllowingRare, scores.TokenAccuracy]
        );
        Assert.Equal(10, scores.Cider, 6);
    }

    [Fact]
    public void What_was_not_asked_for_is_not_a_number()
    {
        CaptionScores scores = CaptionScores.Compute(
            ["a cup"],
            ["a cup"],
            new CaptionScoreOptions { Metrics = CaptionMetrics.RougeL }
        );
        Assert.Equal(new CaptionScores { Captions = 1, RougeL = 1 }, scores);
    }

    [Fact]
    public void A_rare_word_is_counted_both_ways()
    {
        CaptionScores scores = CaptionScores.Compute(
            ["putting [Something] on a table", "putting a table"],
            ["putting vaporub on a table", "putting a table"],
            new CaptionScoreOptions
            {
                Vocabulary = new HashSet<string> { "putting", "on", "a", "table" },
            }
        );
        Assert.Equal(0.5, scores.ExactMatch);
        Assert.Equal(1, scores.ExactMatchAllowingRare);
    }

    [Fact]
    public void Faults_of_the_caller_are_named()
    {
        Assert.Contains(
            "2 hypotheses",
            Assert.Throws<ArgumentException>(() => CaptionScores.Compute(["a", "b"], ["a"])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => CaptionScores.Compute(Array.Empty<string>(), Array.Empty<string>()));
        Assert.Throws<ArgumentException>(() =>
            CaptionScores.Compute(
                ["a"],
                [
                    [],
                ]
            )
        );
        var wrong = new CaptionScoreOptions
        {
            TokenPositions = 0,
            Meteor = new MeteorOptions { Alpha = 2, BeamWidth = 0 },
        };
        Assert.Equal(3, wrong.Validate().Count);
        Assert.Throws<ArgumentException>(() => CaptionScores.Compute(["a"], ["a"], wrong));
    }

    private static void AssertEqual(JsonElement expected, CaptionScores actual)
    {
        Assert.Equal(
            expected.GetProperty("bleu").EnumerateArray().Select(e => e.GetDouble()),
            [actual.Bleu1, actual.Bleu2, actual.Bleu3, actual.Bleu4],
            (a, b) => Math.Abs(a - b) < Tolerance
        );
        Assert.Equal(expected.Number("rouge_l"), actual.RougeL, Tolerance);
        Assert.Equal(
            expected.GetProperty("meteor").GetProperty("exact_stem_synonym.norm").Number("score"),
            actual.Meteor,
            Tolerance
        );
    }
}
