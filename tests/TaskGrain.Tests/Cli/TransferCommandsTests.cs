using System.Text.Json;
using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Tests.Transfer;
using TaskGrain.Tests.Transfer.Teaching;

namespace TaskGrain.Tests.Cli;

/// <summary>extract, transfer and teach as their users run them.</summary>
public sealed class TransferCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public TransferCommandsTests()
    {
        _model = _folder.File("model.safetensors");
        using VideoModel model = TinyModels.Create();
        ModelFile.Save(_model, model);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Teach_writes_a_model_that_predict_uses()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), classes: 2, clips: 3);
        string fresh = ColouredClips.Clip(_folder.File("fresh.mp4"), colour: 1, seed: 55);
        string mine = _folder.File("mine.safetensors");

        var (exit, output, errors) = TaskGrainProgram.Run(
            "teach",
            "--source",
            $"{_model}@clip",
            "motion",
            "--clips",
            clips,
            "--out",
            mine,
            "--report",
            _folder.File("report"),
            "--quiet",
            "--threads",
            "1"
        );
        Assert.True(exit == 0, errors);
        Assert.Contains("expected accuracy: ", output, StringComparison.Ordinal);
        Assert.Equal(
            ["confusion.csv", "confusion.png", "teach.json", "teach.txt"],
            Directory
                .GetFiles(_folder.File("report"))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal)
        );

        (exit, output, errors) = TaskGrainProgram.Run("predict", "--model", mine, fresh, "--json", "--threads", "1");
        Assert.True(exit == 0, errors);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(
            "blue",
            json.RootElement[0].GetProperty("prediction").GetProperty("top")[0].GetProperty("name").GetString()
        );
    }

    [Fact]
    public void Teach_says_what_is_wrong_with_the_clips()
    {
        Directory.CreateDirectory(_folder.File("clips/only"));

        var (exit, output, errors) = TaskGrainProgram.Run(
            "teach",
            "--model",
            _model,
            "--clips",
            _folder.File("clips"),
            "--out",
            _folder.File("mine.safetensors")
        );

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("there is one class, 'only'", errors, StringComparison.Ordinal);
        Assert.Contains("'only' has no usable clip", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("mine.safetensors")));
    }

    [Fact]
    public void Extract_goes_on_only_when_told_to()
    {
        TinyWorld.Write(_folder.File("store"), training: 4);
        string features = _folder.File("features");
        string[] command =
        [
            "extract",
            "--model",
            _model,
            "--store",
            _folder.File("store"),
            "--out",
            features,
            "--export",
            "npy",
            "--json",
            "--threads",
            "1",
        ];

        var (exit, output, errors) = TaskGrainProgram.Run(command);
        Assert.True(exit == 0, errors);
        Assert.Equal((4, 0), Counts(output));
        Assert.True(File.Exists(Path.Combine(features, "features.npy")));

        (exit, output, errors) = TaskGrainProgram.Run(command);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("--resume", errors, StringComparison.Ordinal);

        (exit, output, errors) = TaskGrainProgram.Run([.. command, "--resume"]);
        Assert.True(exit == 0, errors);
        Assert.Equal((0, 4), Counts(output));
    }

    [Fact]
    public void Transfer_compares_a_model_with_its_untrained_self()
    {
        string store = StoreWithTestClips();
        string output = _folder.File("out");
        string[] command =
        [
            "transfer",
            "--sources",
            "random",
            $"FG actions={_model}",
            "--target",
            store,
            "--out",
            output,
            "--shots",
            "1",
            "2",
            "--runs",
            "2",
            "--classifiers",
            "logistic",
            "--threads",
            "1",
        ];

        var (exit, text, errors) = TaskGrainProgram.Run(command);
        Assert.True(exit == 0, errors);
        Assert.Contains("| FG actions |", text, StringComparison.Ordinal);
        Assert.Equal(8, File.ReadAllLines(Path.Combine(output, "cells.jsonl")).Length);

        (exit, text, errors) = TaskGrainProgram.Run([.. command, "--resume", "--json", "--quiet"]);
        Assert.Equal((0, ""), (exit, errors));
        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal(4, json.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void Sources_are_looked_over_before_the_first_is_extracted()
    {
        string store = StoreWithTestClips();
        string output = _folder.File("out");

        var (exit, _, errors) = TaskGrainProgram.Run(
            "transfer",
            "--sources",
            $"a={_model}",
            $"a={_model}",
            "--target",
            store,
            "--out",
            output
        );
        Assert.Equal(1, exit);
        Assert.Contains("two sources are called 'a'", errors, StringComparison.Ordinal);

        (exit, _, errors) = TaskGrainProgram.Run(
            "transfer",
            "--sources",
            $"a={_model}",
            "b=gone.safetensors",
            "c=lost",
            "--target",
            store,
            "--out",
            output
        );
        Assert.Equal(1, exit);
        Assert.Contains("gone.safetensors (b), ", errors, StringComparison.Ordinal);
        Assert.Contains("lost (c)", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(output, "features")));
    }

    [Theory]
    [InlineData("--sources", "model.safetensors")]
    [InlineData("--sources", "a=b", "--shots", "some")]
    [InlineData("--sources", "a=b", "--classifiers", "svm")]
    public void Words_that_cannot_be_meant_are_wrong_usage(params string[] words)
    {
        var (exit, output, errors) = TaskGrainProgram.Run([
            "transfer",
            "--target",
            _folder.Path,
            "--out",
            _folder.File("out"),
            .. words,
        ]);

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("taskgrain: ", errors, StringComparison.Ordinal);
    }

    private static (int Extracted, int Present) Counts(string output)
    {
        using JsonDocument json = JsonDocument.Parse(output);
        JsonElement report = json.RootElement.GetProperty("report");
        return (report.GetProperty("extracted").GetInt32(), report.GetProperty("present").GetInt32());
    }

    private string StoreWithTestClips()
    {
        string store = _folder.File("store");
        TinyWorld.Write(store, training: 8, validation: 8);
        DataSet data = LabelledStore.ReadAnnotations(store);
        Annotation[] clips =
        [
            .. data.Annotations.Select(clip => clip.Split == Split.Train ? clip : clip with { Split = Split.Test }),
        ];
        LabelledStore.WriteAnnotations(store, new DataSet(data.Name, data.Taxonomy, clips));
        return store;
    }
}
