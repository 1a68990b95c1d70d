using System.Text.Json;
using TaskGrain.Tests.Video;

namespace TaskGrain.Tests.Cli;

public sealed class StreamCommandTests
{
    [Fact]
    public void Prints_a_prediction_a_frame_with_latency_and_rate()
    {
        using var world = new TinyWorld();
        string clip = FfmpegProgram.Clip(Path.Combine(world.Folder, "clip.mp4"), seconds: "2");
        string model = EvalCommandTests.SavedModel(world);

        var (exit, output, errors) = TaskGrainProgram.Run("stream", clip, "--model", model, "--json", "--top", "2");

        Assert.True(exit == 0, errors);
        JsonElement[] lines =
        [
            .. output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement),
        ];
        Assert.InRange(lines.Length, 5, 8); // every other of 24 frames, less the look-ahead, and one at the end
        Assert.All(lines, line => Assert.True(line.GetProperty("milliseconds").GetDouble() > 0));
        Assert.Equal(2, lines[^1].GetProperty("top").GetArrayLength());
        Assert.Contains("12 frames of look-ahead (1.00 s)", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_source_is_a_failure()
    {
        using var world = new TinyWorld();

        var (exit, output, errors) = TaskGrainProgram.Run(
            "stream",
            "no-such-file.mp4",
            "--model",
            EvalCommandTests.SavedModel(world)
        );

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("no-such-file.mp4", errors, StringComparison.Ordinal);
    }
}
