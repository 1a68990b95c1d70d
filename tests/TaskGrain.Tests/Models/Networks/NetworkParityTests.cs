using TaskGrain.Models.Networks;
using TaskGrain.Runtime;
using TaskGrain.Tests.Models.Weights;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Networks;

/// <summary>Our networks against torchvision's and 3D-ResNets-PyTorch's own outputs.</summary>
public sealed class NetworkParityTests
{
    [Theory]
    [InlineData("vgg16", "vgg16")]
    [InlineData("resnet152", "resnet152")]
    [InlineData("resnet34-3d", "resnet34_3d")]
    public void Gives_the_reference_implementations_outputs(string name, string file)
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse(name);
        ParityReference reference = ParityReference.Load(file);
        using PretrainedNetwork network = PretrainedNetwork.Create(
            architecture,
            Weights(architecture, reference),
            CPU,
            Precision.Float32
        );

        Tensor features = network.Features(reference.Input("input"));
        Tensor logits = network.Logits(features);

        ParityReference.AssertMatches(reference.Root.GetProperty("penultimate"), features, 1e-3);
        ParityReference.AssertMatches(reference.Root.GetProperty("logits"), logits, 1e-3);
        Assert.Equal(architecture.FeatureSize, features.shape[1]);
        Assert.Equal(logits.shape[1], network.Classes);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet34-3d")]
    public void Bfloat16_stays_close(string name)
    {
        // Eight bits of a number round by 1/512 at most, and thirty-odd layers add their roundings up; a map read from
        // memory that nobody wrote would be off by its whole size.
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse(name);
        Dictionary<string, Tensor> weights = SomeWeights.Of(architecture);
        using var single = PretrainedNetwork.Create(architecture, weights, CPU, Precision.Float32);
        using var half = PretrainedNetwork.Create(architecture, weights, CPU, Precision.BFloat16);
        Tensor input = randn(architecture.Frames > 1 ? [2, 3, architecture.Frames, 64, 64] : [2, 3, 64, 64]);

        Tensor expected = single.Features(input);
        Tensor difference = half.Features(input) - expected;

        Assert.InRange((difference.norm() / expected.norm()).item<float>(), 0, 0.1);
    }

    [Theory]
    [InlineData("vgg16", 138_357_544)]
    [InlineData("resnet18", 11_689_512)]
    [InlineData("resnet34", 21_797_672)]
    [InlineData("resnet50", 25_557_032)]
    [InlineData("resnet101", 44_549_160)]
    [InlineData("resnet152", 60_192_808)]
    public void Has_as_many_parameters_as_torchvision_says(string name, long parameters)
    {
        IEnumerable<NetworkTensor> tensors = NetworkArchitecture
            .Parse(name)
            .Tensors()
            .Where(tensor => !tensor.Name.Contains("running_", StringComparison.Ordinal));

        Assert.Equal(
            parameters,
            tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * (size < 0 ? 1000 : size)))
        );
    }

    /// <summary>Zeros in the network's shapes, filled by the reference's formulas.</summary>
    private static Dictionary<string, Tensor> Weights(NetworkArchitecture architecture, ParityReference reference)
    {
        long classes = reference.Root.GetProperty("logits").GetProperty("shape")[1].GetInt64();
        Dictionary<string, Tensor> weights = architecture
            .Tensors()
            .ToDictionary(
                tensor => tensor.Name,
                tensor => empty([.. tensor.Shape.Select(size => size < 0 ? classes : size)])
            );
        reference.FillWeights(weights, name => name);
        return weights;
    }
}
