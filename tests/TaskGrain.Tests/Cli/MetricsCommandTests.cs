using System.Text.Json;
using TaskGrain.Cli.Commands;
using TaskGrain.Metrics;

namespace TaskGrain.Tests.Cli;

public sealed class MetricsCommandTests
{
    private static readonly CaptionCorpus Corpus = new(
        ["1", "2"],
        ["a red cup", "putting a pen"],
        [
            ["a red cup"],
            ["putting a box", "putting it"],
        ]
    );

    [Fact]
    public void Text_has_percent_and_the_number_of_references()
    {
        string text = Report(CaptionMetrics.All, perSegment: false).ToText();
        Assert.StartsWith("2 captions, 1 to 2 references each", text, StringComparison.Ordinal);
        Assert.Contains("exact match                      50.00", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_only_what_was_computed_in_full_precision()
    {
        using JsonDocument json = JsonDocument.Parse(Report(CaptionMetrics.RougeL, perSegment: true).ToJson());
        Assert.Equal(["captions", "rougeL", "segments"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["1", "2"],
            json.RootElement.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("id").GetString())
        );
        Assert.Equal(
            new RougeL().Score("putting a pen", Corpus.References[1]),
            json.RootElement.GetProperty("segments")[1].GetProperty("rougeL").GetDouble()
        );
    }

    [Fact]
    public void Segments_are_a_line_each_under_a_head()
    {
        string[] lines = Report(CaptionMetrics.ExactMatch, perSegment: true).ToText().Split(Environment.NewLine);
        Assert.Equal(["id\texactMatch\texactMatchAllowingRare", "1\t1\t1", "2\t0\t0", ""], lines[..4]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Cider_of_a_single_caption_is_said_to_be_zero_by_definition(int captions, bool said)
    {
        string[] same = [.. Enumerable.Repeat("a red cup", captions)];
        string[][] references = [.. same.Select(caption => new[] { caption })];
        var report = new CaptionReport(
            new CaptionCorpus(same, same, references),
            CaptionEvaluation.Run(same, references),
            perSegment: false
        );
        using JsonDocument json = JsonDocument.Parse(report.ToJson());

        Assert.Equal(said, report.ToText().Contains("always 0", StringComparison.Ordinal));
        Assert.Equal(said, json.RootElement.GetProperty("ciderIsZeroByDefinition").GetBoolean());
    }

    private static CaptionReport Report(CaptionMetrics metrics, bool perSegment) =>
        new(
            Corpus,
            CaptionEvaluation.Run(Corpus.Hypotheses, Corpus.References, new CaptionScoreOptions { Metrics = metrics }),
            perSegment
        );
}
