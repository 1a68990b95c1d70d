using System.Text.Json;
using TaskGrain.Lab.Benchmarks.Plain;
using TaskGrain.Metrics;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Metrics;

public sealed class RougeLTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Groups() => [.. CaptionOracle.Groups];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_caption_and_the_corpus_have_the_reference_programs_score(string group)
    {
        var rouge = new RougeL();
        var scores = new List<double>();
        foreach (JsonElement item in CaptionOracle.Items(group))
        {
            double score = rouge.Score(item.Text("hyp_raw"), item.Texts("refs_raw"));
            Assert.Equal(item.Number("rouge_l"), score, Tolerance);
            Assert.Equal(score, rouge.Score(item.Text("hyp_clean"), item.Texts("refs_clean")));
            scores.Add(score);
        }

        Assert.Equal(CaptionOracle.Corpus(group).Number("rouge_l"), scores.Average(), Tolerance);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(150)]
    public void The_fast_common_subsequence_equals_the_plain_one(int longest)
    {
        var rouge = new RougeL();
        var random = new SeededRandom(3);
        for (int i = 0; i < 300; i++)
        {
            string hypothesis = RandomCaptions.Make(random, longest, "a", "b", "cup", "on", "table");
            string[] references =
            [
                RandomCaptions.Make(random, longest, "a", "b", "cup", "on", "table"),
                RandomCaptions.Make(random, longest, "a", "cup", "red"),
            ];
            Assert.Equal(PlainRougeL.Score(hypothesis, references), rouge.Score(hypothesis, references), Tolerance);
        }
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("", "a cup", 0)]
    [InlineData("a cup", "", 0)]
    [InlineData("...", "!", 1)]
    [InlineData("a cup", "a cup", 1)]
    public void Empty_captions_are_one_empty_word(string hypothesis, string reference, double expected) =>
        Assert.Equal(expected, new RougeL().Score(hypothesis, [reference]));
}
