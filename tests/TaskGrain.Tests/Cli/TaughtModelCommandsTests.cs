using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Tests.Evaluation;
using TaskGrain.Tests.Video;

namespace TaskGrain.Tests.Cli;

/// <summary>The commands that use a model use a taught one as well.</summary>
public sealed class TaughtModelCommandsTests
{
    [Fact]
    public void A_short_clip_is_predicted_alike_as_a_file_and_at_the_end_of_a_stream()
    {
        using var world = new TinyWorld();
        string model = Saved(world);
        string clip = FfmpegProgram.Clip(Path.Combine(world.Folder, "clip.mp4"), seconds: "0.5");

        var (exit, file, errors) = TaskGrainProgram.Run("predict", "--model", model, "--json", clip);
        Assert.True(exit == 0, errors);
        (exit, string stream, errors) = TaskGrainProgram.Run("stream", clip, "--model", model, "--json", "--top", "4");
        Assert.True(exit == 0, errors);

        JsonElement whole = JsonDocument.Parse(file).RootElement[0].GetProperty("prediction").GetProperty("top");
        JsonElement last = JsonDocument.Parse(stream.TrimEnd('\n').Split('\n')[^1]).RootElement.GetProperty("top");
        Assert.Equal(4, last.GetArrayLength());
        foreach ((JsonElement expected, JsonElement actual) in whole.EnumerateArray().Zip(last.EnumerateArray()))
        {
            Assert.Equal(expected.GetProperty("name").GetString(), actual.GetProperty("name").GetString());
            Assert.Equal(
                expected.GetProperty("probability").GetDouble(),
                actual.GetProperty("probability").GetDouble(),
                1e-4
            );
        }
    }

    [Fact]
    public void A_store_of_its_classes_measures_it()
    {
        using var world = new TinyWorld();

        var (exit, output, errors) = TaskGrainProgram.Run(
            "eval",
            "--store",
            world.StoreFolder,
            "--model",
            Saved(world),
            "--json"
        );

        Assert.True(exit == 0, errors);
        JsonElement own = JsonDocument.Parse(output).RootElement.GetProperty("accuracies")[0];
        Assert.Equal(4, own.GetProperty("classes").GetInt32());
        Assert.Equal("action-categories", own.GetProperty("testedOn").GetString());
    }

    private static string Saved(TinyWorld world)
    {
        string path = Path.Combine(world.Folder, "taught.safetensors");
        using VideoModel model = TaughtEvaluationTests.Taught(world);
        ModelFile.Save(path, model);
        return path;
    }
}
