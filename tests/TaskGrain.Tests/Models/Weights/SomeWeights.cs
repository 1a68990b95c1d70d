using TaskGrain.Models.Networks;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

/// <summary>Random weights of a network, of a size that keeps its maps finite.</summary>
internal static class SomeWeights
{
    public static Dictionary<string, Tensor> Of(NetworkArchitecture architecture, int classes = 3, int seed = 1)
    {
        using Generator generator = new((ulong)seed, CPU);
        Tensor Draw(NetworkTensor tensor)
        {
            long[] shape = [.. tensor.Shape.Select(size => size < 0 ? classes : size)];
            double fanIn = Math.Max(1, shape.Skip(1).Aggregate(1.0, (product, size) => product * size));
            return tensor.Name.EndsWith("running_var", StringComparison.Ordinal)
                ? rand(shape, generator: generator) + 0.5
                : randn(shape, generator: generator) / Math.Sqrt(fanIn);
        }

        return architecture.Tensors().ToDictionary(tensor => tensor.Name, Draw, StringComparer.Ordinal);
    }
}
