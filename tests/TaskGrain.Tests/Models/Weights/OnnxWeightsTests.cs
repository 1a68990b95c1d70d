using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

public sealed class OnnxWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stored_tensors_come_in_every_form_of_the_standard()
    {
        byte[] packed = OnnxBytes.Field(4, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]); // 1, 2
        using WeightSet set = WeightFile.Read(
            Write(
                OnnxBytes.Stored("raw", [1, 2], 0.5f, -1),
                OnnxBytes.Field(
                    5,
                    [.. OnnxBytes.Number(1, 2), .. OnnxBytes.Number(2, 1), .. OnnxBytes.Text(8, "packed"), .. packed]
                ),
                OnnxBytes.Field(
                    5,
                    [
                        .. OnnxBytes.Number(1, 2),
                        .. OnnxBytes.Number(2, 1),
                        .. OnnxBytes.Text(8, "single"),
                        .. OnnxBytes.Float(4, 3),
                        .. OnnxBytes.Float(4, 4),
                    ]
                ),
                OnnxBytes.Field(
                    5,
                    [
                        .. OnnxBytes.Number(1, 2),
                        .. OnnxBytes.Number(2, 7),
                        .. OnnxBytes.Text(8, "whole"),
                        .. OnnxBytes.Number(7, 5),
                        .. OnnxBytes.Number(7, ulong.MaxValue),
                    ]
                ),
                OnnxBytes.Field(
                    5,
                    [.. OnnxBytes.Number(2, 16), .. OnnxBytes.Text(8, "bfloat16"), .. OnnxBytes.Number(5, 0x3fc0)]
                )
            )
        );

        Assert.Equal([1L, 2], set.Tensors["raw"].shape);
        Assert.Equal([0.5f, -1], set.Tensors["raw"].data<float>().ToArray());
        Assert.Equal([1f, 2], set.Tensors["packed"].data<float>().ToArray());
        Assert.Equal([3f, 4], set.Tensors["single"].data<float>().ToArray());
        Assert.Equal([5L, -1], set.Tensors["whole"].data<long>().ToArray());
        Assert.Equal(1.5f, set.Tensors["bfloat16"].to(ScalarType.Float32).item<float>());
    }

    [Theory]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 1L << 40, 1L << 40 })]
    [InlineData(new long[] { -1 })]
    public void A_shape_that_the_bytes_do_not_have_is_an_error(long[] shape)
    {
        string path = Write(OnnxBytes.Stored("weight", shape, 1, 2));

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => WeightFile.Read(path).Dispose());

        Assert.Contains("'weight'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_is_an_error()
    {
        byte[] whole = File.ReadAllBytes(Write(OnnxBytes.Stored("weight", [2], 1, 2)));
        string cut = _folder.File("cut.onnx");
        for (int length = 0; length < 30; length++)
        {
            File.WriteAllBytes(cut, whole[..length]);
            Assert.Throws<TaskGrainException>(() => WeightFile.Read(cut).Dispose());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_residual_network_is_recognised_by_its_graph_whatever_its_tensors_are_called(bool folded)
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse("resnet18");
        Dictionary<string, Tensor> weights = SomeWeights.Of(architecture);
        string path = Write([.. SomeResNet.Parts(architecture, weights, folded)]);
        using WeightSet set = WeightFile.Read(path);

        IReadOnlyDictionary<string, Tensor> found = NetworkFile.Match(set, architecture);

        Assert.DoesNotContain(set.Tensors.Keys, weights.ContainsKey);
        if (folded)
        {
            Assert.Equal(weights["layer3.0.downsample.0.weight"].shape, found["layer3.0.downsample.0.weight"].shape);
            Assert.Equal(1, (found["bn1.weight"] / (found["bn1.running_var"] + 1e-5).sqrt()).max().item<float>(), 1e-6);
        }
        else
        {
            Assert.Equal(weights.Keys.Order(), found.Keys.Order());
            Assert.All(weights, pair => Assert.True(pair.Value.equal(found[pair.Key]).all().item<bool>(), pair.Key));
        }
    }

    [Fact]
    public void Another_graph_is_refused_with_the_place_where_it_differs()
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse("resnet18");
        string path = Write([.. SomeResNet.Parts(architecture, SomeWeights.Of(architecture), folded: false)]);
        using WeightSet set = WeightFile.Read(path);

        TaskGrainException deeper = Assert.Throws<TaskGrainException>(() =>
            NetworkFile.Match(set, NetworkArchitecture.Parse("resnet34"))
        );

        Assert.Contains("is not the graph of resnet34: layer1.2", deeper.Message, StringComparison.Ordinal);
    }

    private string Write(params byte[][] parts)
    {
        string path = _folder.File("network.onnx");
        File.WriteAllBytes(path, OnnxBytes.Model(OnnxBytes.Graph(parts)));
        return path;
    }
}
