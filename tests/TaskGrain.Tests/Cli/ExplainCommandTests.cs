using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Tests.Inference;
using TaskGrain.Tests.Video;

namespace TaskGrain.Tests.Cli;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_what_is_asked_for_and_says_which_class_when()
    {
        string clip = FfmpegProgram.Clip(_folder.File("a clip.mp4"));
        string strip = _folder.File("why.png");
        string video = _folder.File("why.gif");

        var (exit, output, errors) = InProcess.Run(
            "explain",
            clip,
            "--model",
            Model(),
            "--class",
            "two",
            "--against",
            "one",
            "--words",
            "--layer",
            "conv4",
            "--out",
            strip,
            "--out",
            video
        );

        Assert.True(exit == 0, errors);
        Assert.StartsWith($"{clip}  (1.0 s, layer conv4)", output, StringComparison.Ordinal);
        Assert.Contains("%  two  (", output, StringComparison.Ordinal);
        Assert.Contains("%  two, not one  (", output, StringComparison.Ordinal);
        Assert.True(File.Exists(strip) && File.Exists(video));
    }

    [Fact]
    public void Json_holds_the_maps()
    {
        string clip = FfmpegProgram.Clip(_folder.File("clip.mp4"));

        var (exit, output, errors) = InProcess.Run(
            "explain",
            clip,
            "--model",
            Model(),
            "--class",
            "two",
            "--layer",
            "conv3",
            "--out",
            _folder.File("why.png"),
            "--json"
        );

        Assert.True(exit == 0, errors);
        using JsonDocument json = JsonDocument.Parse(output);
        JsonElement map = Assert.Single(json.RootElement.GetProperty("maps").EnumerateArray());
        Assert.Equal("two", map.GetProperty("label").GetString());
        int frames = json.RootElement.GetProperty("times").GetArrayLength();
        Assert.Equal(frames * 14 * 14, map.GetProperty("cells").GetArrayLength());
    }

    [Fact]
    public void Lists_the_layers()
    {
        var (exit, output, errors) = InProcess.Run("explain", "--layers", "--model", Model());

        Assert.True(exit == 0, errors);
        Assert.Contains("3d.conv5", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.Contains("(default)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "explain")]
    [InlineData(2, "explain", "x.mp4", "--layers")]
    [InlineData(2, "explain", "x.mp4", "--opacity", "2")]
    [InlineData(2, "explain", "x.mp4", "--colours", "jet")]
    [InlineData(1, "explain", "no-such-clip.mp4")]
    public void Wrong_usage_and_a_missing_file_have_their_exit_codes(int expected, params string[] words)
    {
        var (exit, output, errors) = InProcess.Run([.. words, "--model", Model()]);

        Assert.Equal((expected, ""), (exit, output));
        Assert.StartsWith("taskgrain: ", errors, StringComparison.Ordinal);
    }

    private string Model()
    {
        string path = _folder.File("model.safetensors");
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        ModelFile.Save(path, model);
        return path;
    }
}
