using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Tests.Cli;

public sealed class EvalCommandTests
{
    [Fact]
    public void Prints_the_tables_and_writes_the_files()
    {
        using var world = new TinyWorld();
        string model = SavedModel(world);
        string folder = Path.Combine(world.Folder, "out");

        var (exit, output, errors) = TaskGrainProgram.Run(
            "eval",
            "--store",
            world.StoreFolder,
            "--model",
            model,
            "--linear-probe",
            "action-groups",
            "--beam",
            "2",
            "--out",
            folder
        );

        Assert.True(exit == 0, errors);
        Assert.Contains("validation split, 6 clips", output, StringComparison.Ordinal);
        Assert.Contains("| top-1 |", output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
        Assert.Equal(2, json.RootElement.GetProperty("captions")[0].GetProperty("beamWidth").GetInt32());
        Assert.Contains(
            json.RootElement.GetProperty("accuracies").EnumerateArray(),
            row => row.GetProperty("method").GetString() == "linearProbe"
        );
        Assert.Equal(5, Directory.GetFiles(folder).Length);
        Assert.Contains("confusion.png", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_all_there_is_on_standard_output()
    {
        using var world = new TinyWorld();

        var (exit, output, errors) = TaskGrainProgram.Run(
            "eval",
            "--store",
            world.StoreFolder,
            "--model",
            SavedModel(world),
            "--split",
            "train",
            "--json",
            "--quiet"
        );

        Assert.Equal((0, ""), (exit, errors));
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(12, json.RootElement.GetProperty("clips").GetInt32());
    }

    [Fact]
    public void What_cannot_be_done_is_said_with_its_exit_code()
    {
        using var world = new TinyWorld();
        string model = SavedModel(world);

        var split = TaskGrainProgram.Run("eval", "--store", world.StoreFolder, "--model", model, "--split", "half");
        var unlabelled = TaskGrainProgram.Run(
            "eval",
            "--store",
            world.StoreFolder,
            "--model",
            model,
            "--split",
            "test"
        );
        var nothing = TaskGrainProgram.Run("eval", "--store", world.Folder, "--model", model);

        Assert.Equal(2, split.ExitCode);
        Assert.Contains("train, validation or test", split.Errors, StringComparison.Ordinal);
        Assert.Equal(1, unlabelled.ExitCode);
        Assert.Contains("Splits with labels: train, validation", unlabelled.Errors, StringComparison.Ordinal);
        Assert.Equal(1, nothing.ExitCode);
        Assert.DoesNotContain("   at ", nothing.Errors, StringComparison.Ordinal);
    }

    internal static string SavedModel(TinyWorld world)
    {
        string path = Path.Combine(world.Folder, "model.safetensors");
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);
        ModelFile.Save(path, model);
        return path;
    }
}
