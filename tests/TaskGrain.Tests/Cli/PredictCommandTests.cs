using System.Text.Json;
using TaskGrain.Tests.Video;

namespace TaskGrain.Tests.Cli;

public sealed class PredictCommandTests
{
    [Fact]
    public void Names_every_class_of_a_model_with_fewer_than_five_and_the_caption()
    {
        using var world = new TinyWorld();
        string clip = FfmpegProgram.Clip(Path.Combine(world.Folder, "a clip, with 'odd' name.mp4"), seconds: "2");

        var (exit, output, errors) = TaskGrainProgram.Run(
            "predict",
            "--model",
            EvalCommandTests.SavedModel(world),
            "--clips",
            "3",
            clip
        );

        Assert.True(exit == 0, errors);
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith(clip, lines[0], StringComparison.Ordinal);
        Assert.Contains("(2.0 s, mean of 3 clips)", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            3,
            TinyWorld.Taxonomy.Categories.Count(c => lines[1..4].Any(l => l.Contains(c, StringComparison.Ordinal)))
        );
        Assert.StartsWith("  caption: ", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_is_reported_and_the_others_are_done()
    {
        using var world = new TinyWorld();
        string good = FfmpegProgram.Clip(Path.Combine(world.Folder, "good.mp4"));
        string bad = Path.Combine(world.Folder, "bad.mp4");
        File.WriteAllText(bad, "this is no video");
        string missing = Path.Combine(world.Folder, "missing.mp4");
        string model = EvalCommandTests.SavedModel(world);

        var (exit, output, errors) = TaskGrainProgram.Run(
            "predict",
            "--model",
            model,
            "--json",
            "--top",
            "2",
            bad,
            good,
            missing,
            good
        );

        Assert.Equal(1, exit);
        Assert.Contains(bad, errors, StringComparison.Ordinal);
        Assert.Contains(missing, errors, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(output);
        JsonElement[] files = [.. json.RootElement.EnumerateArray()];
        Assert.Equal([bad, good, missing, good], files.Select(f => f.GetProperty("file").GetString()));
        Assert.True(files[0].TryGetProperty("error", out _));
        Assert.False(files[1].TryGetProperty("error", out _));
        Assert.Equal(2, files[1].GetProperty("prediction").GetProperty("top").GetArrayLength());
        Assert.Equal(files[1].GetProperty("prediction").ToString(), files[3].GetProperty("prediction").ToString());
    }

    [Theory]
    [InlineData(2, "--clips", "some", "x.mp4")]
    [InlineData(2, "--clips", "0", "x.mp4")]
    [InlineData(2)]
    [InlineData(2, "--top", "0", "x.mp4")]
    [InlineData(1, "x.mp4")]
    public void Wrong_usage_and_a_missing_model_have_their_exit_codes(int expected, params string[] rest)
    {
        var (exit, output, errors) = TaskGrainProgram.Run(["predict", "--model", "no-such-model.safetensors", .. rest]);

        Assert.Equal((expected, ""), (exit, output));
        Assert.StartsWith("taskgrain: ", errors, StringComparison.Ordinal);
    }
}
