using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using TaskGrain.Tests.Models.Weights;
using TaskGrain.Tests.Transfer.Teaching;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Cli;

/// <summary>weights import and export, and extract from what was imported, as their users run them.</summary>
public sealed class WeightsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_becomes_a_source_that_extract_takes()
    {
        using (var scope = NewDisposeScope())
        {
            Dictionary<string, Tensor> weights = SomeWeights.Of(NetworkArchitecture.Parse("resnet18"));
            TorchCheckpointWriter.Write(
                _folder.File("theirs.pth"),
                weights.ToDictionary(pair => $"module.{pair.Key}", pair => pair.Value)
            );
        }

        string ours = _folder.File("ours.safetensors");
        var (exit, output, errors) = TaskGrainProgram.Run(
            "weights",
            "import",
            _folder.File("theirs.pth"),
            "--as",
            "resnet18",
            "--out",
            ours,
            "--json"
        );
        Assert.True(exit == 0, errors);
        using JsonDocument imported = JsonDocument.Parse(output);
        Assert.Equal(102, imported.RootElement.GetProperty("tensors").GetInt32());

        string clips = ColouredClips.Folder(_folder.File("clips"), classes: 1, clips: 2);
        (exit, output, errors) = TaskGrainProgram.Run(
            "extract",
            "--model",
            ours,
            "--data",
            clips,
            "--out",
            _folder.File("features"),
            "--json",
            "--quiet"
        );
        Assert.True(exit == 0, errors);
        using JsonDocument extracted = JsonDocument.Parse(output);
        Assert.Equal(512, extracted.RootElement.GetProperty("source").GetProperty("dimension").GetInt32());
        Assert.Equal(2, extracted.RootElement.GetProperty("report").GetProperty("extracted").GetInt32());
    }

    [Fact]
    public void Tensors_of_no_network_are_imported_as_they_are()
    {
        var (exit, output, errors) = TaskGrainProgram.Run(
            "weights",
            "import",
            TestData.File("weights/checkpoint-legacy.pth"),
            "--out",
            _folder.File("plain.safetensors")
        );

        Assert.True(exit == 0, errors);
        Assert.Contains("passed over: epoch, arch, optimizer", output, StringComparison.Ordinal);
        using SafetensorsFile file = Safetensors.Read(_folder.File("plain.safetensors"));
        Assert.Equal(ScalarType.BFloat16, file.Tensors["module.bfloat16"].dtype);
    }

    [Fact]
    public void Weights_of_another_network_name_what_is_wrong_and_write_nothing()
    {
        var (exit, output, errors) = TaskGrainProgram.Run(
            "weights",
            "import",
            TestData.File("weights/checkpoint-zip.pth"),
            "--as",
            "vgg16",
            "--out",
            _folder.File("none.safetensors")
        );

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("'features.0.weight' is missing", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("none.safetensors")));
    }

    [Fact]
    public void An_exported_model_holds_the_models_tensors()
    {
        string model = _folder.File("model.safetensors");
        using (VideoModel made = Transfer.TinyModels.Create())
        {
            ModelFile.Save(model, made);
        }

        var (exit, _, errors) = TaskGrainProgram.Run("weights", "export", model, "--out", _folder.File("model.pth"));

        Assert.True(exit == 0, errors);
        using WeightSet before = WeightFile.Read(model);
        using WeightSet after = WeightFile.Read(_folder.File("model.pth"));
        Assert.Equal(before.Tensors.Keys, after.Tensors.Keys);
        Assert.All(before.Tensors, pair => Assert.True(pair.Value.bytes.SequenceEqual(after.Tensors[pair.Key].bytes)));
    }

    [Theory]
    [InlineData("export", "--out", "model.bin")]
    [InlineData("import", "--as", "resnet19")]
    public void Wrong_words_are_wrong_usage(string command, string option, string value)
    {
        string[] arguments = ["weights", command, TestData.File("weights/checkpoint-zip.pth"), option, value];
        arguments = option == "--out" ? arguments : [.. arguments, "--out", _folder.File("a.safetensors")];

        Assert.Equal(2, TaskGrainProgram.Run(arguments).ExitCode);
    }
}
