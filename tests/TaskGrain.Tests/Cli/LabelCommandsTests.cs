using System.Text.Json;
using TaskGrain.Data;
using TaskGrain.Tests.Labels;

namespace TaskGrain.Tests.Cli;

/// <summary><c>taskgrain check</c> and <c>taskgrain labels</c> as their users run them.</summary>
public sealed class LabelCommandsTests
{
    [Fact]
    public void Check_prints_position_reason_and_fix_and_goes_by_strict()
    {
        using var folder = new V2Folder();
        folder.Train(
            Some.Record("1", Some.HoldingTemplate, "cup"),
            Some.Record("2", "Juggling [something]", "pen"),
            Some.Record("99", Some.HoldingTemplate, "pen")
        );

        var (exit, output, _) = TaskGrainProgram.Run("check", folder.Path, "--decode", "none", "--quiet");
        Assert.Equal(0, exit);
        Assert.Contains(
            "something-something-v2-train.json, record 2 (line 3), id 2: no category is called 'Juggling [something]'.",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("record 3 (line 4), id 99: there is no video 99.webm", output, StringComparison.Ordinal);
        Assert.Contains("    -> ", output, StringComparison.Ordinal);
        Assert.Contains("Usable: 2 clips can be used, 2 are left out", output, StringComparison.Ordinal);

        Assert.Equal(1, TaskGrainProgram.Run("check", folder.Path, "--decode", "none", "--quiet", "--strict").ExitCode);
    }

    [Fact]
    public void Check_as_json_is_all_there_is_on_standard_output_and_unusable_data_end_with_1()
    {
        using var folder = new V2Folder();
        var (exit, output, errors) = TaskGrainProgram.Run("check", folder.Path, "--decode", "all", "--json", "--quiet");
        Assert.Equal((1, ""), (exit, errors));
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("usable").GetBoolean());
        Assert.Equal(3, json.RootElement.GetProperty("failedToDecode").GetInt32());
        Assert.Equal("unreadable-media", json.RootElement.GetProperty("problems")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void Labels_counts_the_grains_and_shows_examples_without_any_video()
    {
        using var folder = new V2Folder();
        foreach (string video in Directory.GetFiles(folder.Path, "*.webm"))
        {
            File.Delete(video);
        }

        var (exit, output, errors) = TaskGrainProgram.Run("labels", "--data", folder.Path, "--rare", "0", "--id", "1");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("action categories", output, StringComparison.Ordinal);
        Assert.Contains("longer than 14 words", output, StringComparison.Ordinal);
        Assert.Contains("Holding a red cup", output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(
            TaskGrainProgram.Run("labels", "--data", folder.Path, "--rare", "0", "--json").Output
        );
        Assert.Equal(
            10,
            json.RootElement.GetProperty("statistics").GetProperty("captions").GetProperty("vocabulary").GetInt32()
        );
        Assert.Equal(50, json.RootElement.GetProperty("statistics").GetProperty("groups").GetInt32());
    }

    [Fact]
    public void Labels_reads_the_copy_in_a_store()
    {
        using var folder = new V2Folder();
        LabelledStore.WriteAnnotations(Path.Combine(folder.Path, "store"), folder.Open());
        var (exit, output, _) = TaskGrainProgram.Run("labels", "--store", Path.Combine(folder.Path, "store"));
        Assert.Equal(0, exit);
        Assert.Contains("3 clips", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "labels")]
    [InlineData(2, "labels", "--data", "a", "--store", "b")]
    [InlineData(2, "labels", "--data", "a", "--object-noun", "first")]
    [InlineData(2, "check")]
    [InlineData(2, "check", "a", "--decode", "some")]
    [InlineData(1, "check", "/nowhere")]
    [InlineData(2, "labels", "--data", "/nowhere", "--rare", "-1")]
    public void What_cannot_be_done_is_said_with_its_exit_code(int exit, params string[] line)
    {
        var result = TaskGrainProgram.Run(line);
        Assert.Equal(exit, result.ExitCode);
        Assert.StartsWith("taskgrain: ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }
}
