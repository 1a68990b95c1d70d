using System.Text.Json;
using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

/// <summary>Every segment and system score of METEOR 1.5's own program, in every run of the oracle file.</summary>
public sealed class MeteorOracleTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string, string> Runs()
    {
        var data = new TheoryData<string, string>();
        foreach (string run in CaptionOracle.MeteorRuns)
        {
            foreach (string group in CaptionOracle.Groups)
            {
                data.Add(run, group);
            }
        }

        Assert.NotEmpty(data);
        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_segment_has_the_reference_programs_tokens_matches_and_scores(string run, string group)
    {
        var meteor = new Meteor(OptionsOf(run));
        foreach (JsonElement item in CaptionOracle.Items(group))
        {
            JsonElement expected = item.GetProperty("meteor").GetProperty(run);
            MeteorAlignment actual = meteor.Align(item.Text("hyp_raw"), item.Texts("refs_raw"));
            string id = item.Text("id");
            Assert.Equal(expected.Texts("hyp_tokens"), actual.HypothesisTokens);
            Assert.Equal(expected.Texts("ref_tokens"), actual.ReferenceTokens);
            Assert.True(
                expected
                    .GetProperty("alignment")
                    .EnumerateArray()
                    .Select(Triple)
                    .SequenceEqual(actual.Matches.Select(m => (m.Reference, m.Hypothesis, m.Module))),
                $"{id}: expected {expected.GetProperty("alignment")}, found {string.Join(' ', actual.Matches)}"
            );
            AssertCounts(expected, actual.Counts, id);
            AssertClose(expected.Number("score"), actual.Score.Score, id);
            AssertClose(expected.Number("precision"), actual.Score.Precision, id);
            AssertClose(expected.Number("recall"), actual.Score.Recall, id);
            AssertClose(expected.Number("frag_penalty"), actual.Score.FragmentationPenalty, id);
            if (group == "three_refs")
            {
                Assert.Equal(expected.GetProperty("best_ref").GetInt32(), actual.BestReference);
                Assert.Equal(
                    expected.GetProperty("score_per_ref").EnumerateArray().Select(e => e.GetDouble()),
                    actual.ScorePerReference,
                    (a, b) => Math.Abs(a - b) < Tolerance
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_system_score_comes_from_summed_counts(string run, string group)
    {
        var meteor = new Meteor(OptionsOf(run));
        MeteorCounts sum = CaptionOracle
            .Items(group)
            .Select(item => meteor.Count(item.Text("hyp_raw"), item.Texts("refs_raw")).AsPart())
            .Aggregate((a, b) => a.Plus(b));
        JsonElement expected = CaptionOracle.Corpus(group).GetProperty("meteor").GetProperty(run);
        Assert.Equal(expected.GetProperty("hyp_words").GetInt32(), sum.HypothesisWords);
        Assert.Equal(expected.GetProperty("ref_words").GetInt32(), sum.ReferenceWords);
        Assert.Equal(expected.GetProperty("chunks").GetInt32(), sum.Chunks);
        AssertMatches(expected, sum);
        MeteorScore score = meteor.Score(sum);
        AssertClose(expected.Number("score"), score.Score, run);
        AssertClose(expected.Number("precision"), score.Precision, run);
        AssertClose(expected.Number("recall"), score.Recall, run);
        AssertClose(expected.Number("f1"), score.F1, run);
        AssertClose(expected.Number("fmean"), score.FMean, run);
        AssertClose(expected.Number("frag_penalty"), score.FragmentationPenalty, run);
    }

    private static MeteorOptions OptionsOf(string run)
    {
        string[] parts = run.Split('.');
        return new MeteorOptions
        {
            Modules = [.. parts[0].Split('_').Select(name => Enum.Parse<MeteorModule>(name, ignoreCase: true))],
            Normalize = parts[1] == "norm",
        };
    }

    private static (int Reference, int Hypothesis, int Module) Triple(JsonElement e) =>
        (e[0].GetInt32(), e[1].GetInt32(), e[2].GetInt32());

    private static void AssertCounts(JsonElement expected, MeteorCounts actual, string id)
    {
        Assert.Equal(expected.GetProperty("hyp_len").GetInt32(), actual.HypothesisWords);
        Assert.Equal(expected.GetProperty("ref_len").GetInt32(), actual.ReferenceWords);
        Assert.Equal(expected.GetProperty("hyp_function_words").GetInt32(), actual.HypothesisFunctionWords);
        Assert.Equal(expected.GetProperty("ref_function_words").GetInt32(), actual.ReferenceFunctionWords);
        Assert.True(expected.GetProperty("chunks").GetInt32() == actual.Chunks, id);
        AssertMatches(expected, actual);
    }

    private static void AssertMatches(JsonElement expected, MeteorCounts actual) =>
        Assert.Equal(
            expected
                .GetProperty("matches_per_module")
                .EnumerateArray()
                .Select(row => new MeteorMatches(
                    row[0].GetInt32(),
                    row[1].GetInt32(),
                    row[2].GetInt32(),
                    row[3].GetInt32()
                )),
            actual.Matches
        );

    private static void AssertClose(double expected, double actual, string id) =>
        Assert.True(
            double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) < Tolerance,
            $"{id}: expected {expected:R}, found {actual:R}"
        );
}
