using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Evaluation;

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
            Assert.Equal(PlainScore(hypothesis, references), rouge.Score(hypothesis, references), Tolerance);
        }
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("", "a cup", 0)]
    [InlineData("a cup", "", 0)]
    [InlineData("...", "!", 1)]
    [InlineData("a cup", "a cup", 1)]
    public void Empty_captions_are_one_empty_word(string hypothesis, string reference, double expected)
        => Assert.Equal(expected, new RougeL().Score(hypothesis, [reference]));

    /// <summary>The definition, with the whole table of common subsequences.</summary>
    private static double PlainScore(string hypothesis, string[] references)
    {
        string[] h = hypothesis.Split(' ');
        double precision = references.Max(r => Common(h, r.Split(' ')) / h.Length);
        double recall = references.Max(r => Common(h, r.Split(' ')) / r.Split(' ').Length);
        return precision == 0 || recall == 0 ? 0 : (1 + (1.2 * 1.2)) * precision * recall / (recall + (1.2 * 1.2 * precision));
    }

    private static double Common(string[] a, string[] b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[a.Length, b.Length];
    }
}
