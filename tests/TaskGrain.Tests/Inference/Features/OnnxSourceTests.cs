using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Models.Weights;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference.Features;

/// <summary>
/// Networks of one line: the mean of each colour over the frame (or clip), and twice that. Frame i of a video holds
/// the colours (i, 2i, 3i).
/// </summary>
public sealed class OnnxSourceTests : IDisposable
{
    private const string Plain = """{"pixels": {}, "output": "mean"}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(4)]
    public void A_network_of_frames_gives_a_vector_a_frame_whatever_its_batch(int batch)
    {
        using IFeatureSource source = OnnxSource.Open(Network([batch, 3, 4, 6], [2, 3], Plain));

        Assert.Equal(FeatureSourceKind.FrameBackbone, source.Info.Kind);
        Assert.Equal(new FrameFormat(6, 4, 12), source.Info.Frames);
        Assert.Equal(3, source.Info.Dimension);
        FeatureSequence features = source.Extract(Numbered(19, source.Info.Frames));
        Assert.Equal(19, features.Steps);
        Assert.Equal([18f, 36, 54], features[18].ToArray());
    }

    [Fact]
    public void Pixels_are_scaled_shifted_and_reordered_as_the_description_says()
    {
        using IFeatureSource source = OnnxSource.Open(
            Network(
                [-1, 3, 4, 6],
                [2, 3],
                """
                {"pixels": {"order": "bgr", "scale": 0.5, "mean": [1, 2, 3], "deviation": [2, 4, 0.5]},
                 "output": "mean"}
                """
            )
        );

        // Blue 3·10·½ − 1 = 14, halved; green 10 − 2, a quarter; red 5 − 3, doubled.
        Assert.Equal([7f, 2, 4], source.Extract(Numbered(11, source.Info.Frames))[10].ToArray());
    }

    [Fact]
    public void Channels_may_come_last()
    {
        using IFeatureSource source = OnnxSource.Open(Network([-1, 4, 6, 3], [1, 2], Plain));

        Assert.Equal([5f, 10, 15], source.Extract(Numbered(6, source.Info.Frames))[5].ToArray());
    }

    [Fact]
    public void A_network_of_clips_gives_vectors_for_the_middles_of_its_clips()
    {
        using IFeatureSource source = OnnxSource.Open(
            Network([-1, 3, -1, 4, 6], [2, 3, 4], """{"pixels": {}, "output": "mean", "frames": 8}""")
        );

        Assert.Equal(FeatureSourceKind.ClipBackbone, source.Info.Kind);
        FeatureSequence features = source.Extract(Numbered(16, source.Info.Frames));
        Assert.Equal(3.5f, features[0][0], 1e-4f);
        Assert.Equal(11.5f, features[15][0], 1e-4f);
    }

    [Fact]
    public void A_tensor_inside_of_the_network_can_be_the_output()
    {
        // The only output of the file is "twice"; "mean" is on the way to it.
        using IFeatureSource inside = OnnxSource.Open(Network([-1, 3, 4, 6], [2, 3], Plain));
        Assert.Equal(7f, inside.Extract(Numbered(8, inside.Info.Frames))[7][0]);

        using IFeatureSource last = OnnxSource.Open(Network([-1, 3, 4, 6], [2, 3], """{"pixels": {}}"""));
        Assert.Equal(14f, last.Extract(Numbered(8, last.Info.Frames))[7][0]);
        Assert.NotEqual(inside.Info.Identity, last.Info.Identity);
    }

    [Fact]
    public void A_file_beside_the_network_wins_over_its_metadata()
    {
        string path = Network([-1, 3, 4, 6], [2, 3], Plain);
        File.WriteAllText(_folder.File("network.json"), """{"pixels": {"scale": 2}, "output": "mean"}""");

        using IFeatureSource source = FeatureSources.Open(path, CPU, Precision.Auto);

        Assert.Equal(14f, source.Extract(Numbered(8, source.Info.Frames))[7][0]);
    }

    [Theory]
    [InlineData(new long[] { -1, 3, 4 }, "has shape (any, 3, 4)")]
    [InlineData(new long[] { -1, 1, 4, 6 }, "has shape (any, 1, 4, 6)")]
    [InlineData(new long[] { -1, 3, -1, 6 }, "leaves its height open")]
    public void A_shape_that_is_none_of_frames_is_said_before_any_video(long[] shape, string message) =>
        AssertRefused(Network(shape, [2], Plain), message);

    [Theory]
    [InlineData("""{"pixels": {"mean": [1, 2]}}""", "mean must have three numbers")]
    [InlineData("""{"pixels": {"deviation": [1, 0, 1]}}""", "deviation must have three numbers above 0")]
    [InlineData("""{"pixels": {}, "heigth": 3}""", "heigth")]
    [InlineData("""{"output": "mean"}""", "pixels")]
    [InlineData("""{"pixels": {}, "output": "maen"}""", "Did you mean 'mean'?")]
    [InlineData("""{"pixels": {}, "input": "image"}""", "'frames'")]
    [InlineData("""{"pixels": {}, "height": 9}""", "height of 4")]
    [InlineData("""{"pixels": {}, "layout": "nchx"}""", "layout 'nchx'")]
    public void A_description_that_does_not_fit_is_said_before_any_video(string description, string message) =>
        AssertRefused(Network([-1, 3, 4, 6], [2, 3], description), message);

    [Fact]
    public void Without_a_description_the_file_that_is_missing_is_named() =>
        AssertRefused(Network([-1, 3, 4, 6], [2, 3], null), "network.json");

    [Fact]
    public void Bytes_as_input_are_refused_by_their_type() =>
        AssertRefused(
            Write(
                OnnxBytes.Model(
                    OnnxBytes.Graph(
                        OnnxBytes.Node("Cast", ["frames"], "numbers", OnnxBytes.Attribute("to", 1)),
                        OnnxBytes.Node("Flatten", ["numbers"], "flat"),
                        OnnxBytes.Input("frames", [-1, 3, 4, 6], type: 2),
                        OnnxBytes.Output("flat", [-1, 72])
                    ),
                    (OnnxDescription.MetadataKey, """{"pixels": {}}""")
                )
            ),
            "'frames' is Byte; float32 is expected"
        );

    [Fact]
    public void A_file_that_is_no_network_is_an_error_of_the_file()
    {
        File.WriteAllText(_folder.File("text.onnx"), "no network");

        AssertRefused(_folder.File("text.onnx"), "text.onnx");
    }

    [Fact]
    public void An_unknown_name_lists_those_there_are()
    {
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            FeatureSources.Open("imagenet", CPU, Precision.Auto).Dispose()
        );

        Assert.Contains("imagenet-resnet18", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, string message)
    {
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => OnnxSource.Open(path).Dispose());

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>frames → ReduceMean over <paramref name="axes"/> → mean → + mean → twice, the only output.</summary>
    private string Network(long[] shape, long[] axes, string? description)
    {
        byte[] graph = OnnxBytes.Graph(
            OnnxBytes.Node(
                "ReduceMean",
                ["frames"],
                "mean",
                OnnxBytes.List("axes", axes),
                OnnxBytes.Attribute("keepdims", 0)
            ),
            OnnxBytes.Node("Add", ["mean", "mean"], "twice"),
            OnnxBytes.Input("frames", shape),
            OnnxBytes.Output("twice", [.. shape.Where((_, i) => !axes.Contains(i))])
        );
        return Write(
            description is null
                ? OnnxBytes.Model(graph)
                : OnnxBytes.Model(graph, (OnnxDescription.MetadataKey, description))
        );
    }

    private string Write(byte[] model)
    {
        string path = _folder.File("network.onnx");
        File.WriteAllBytes(path, model);
        return path;
    }

    private static VideoFrames Numbered(int count, FrameFormat format) =>
        new(
            format,
            Enumerable
                .Range(0, count)
                .SelectMany(frame =>
                    Enumerable.Range(0, format.BytesPerFrame).Select(i => (byte)(frame * (1 + (i % 3))))
                )
                .ToArray()
        );
}
