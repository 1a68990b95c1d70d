using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>
/// A block that trains in bfloat16 against float32 that rounds where bfloat16 does: the input, the weights, the
/// convolution's output, the block's output, and the gradients of all of them. What is left to differ is how a
/// processor adds up: in which order, and with how many roundings on the way.
/// </summary>
public sealed class ConvolutionBlockTests
{
    /// <summary>Half the distance of two neighbours in bfloat16, which has 8 significant bits.</summary>
    private const double Rounding = 1.0 / 256;

    /// <summary>
    /// A sum that comes out one rounding away decides a near tie of the pooling or the ReLU otherwise: with a density
    /// of 0.4 on both sides of zero, a share of 0.8 · 2^-8 of the elements in each of the two places. It weighs twice
    /// in the squared gradient, as half of the gates are shut.
    /// </summary>
    private static readonly double Gradients = Math.Sqrt(2 * 2 * 0.8 * Rounding);

    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(3, 3, 2)]
    [InlineData(4, 3, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 1, 1)]
    public void Bfloat16_is_float32_that_rounds_at_the_same_places(int frames, int kernel, int pool)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1, CPU);
        using var block = new ConvolutionBlock(16, 32, kernel, 1, pool, new SeededRandom(2));
        block.train();
        Dictionary<string, Tensor> parameters = block
            .named_parameters()
            .ToDictionary(entry => entry.name, entry => (Tensor)entry.parameter);
        using (no_grad())
        {
            foreach (Tensor parameter in parameters.Values.Where(tensor => tensor.dim() == 1))
            {
                parameter.copy_(randn(parameter.shape, generator: random));
            }
        }

        Tensor clips = ChannelsLast.Make(randn([2, 16, frames, 12, 12], generator: random)).requires_grad_(true);
        Tensor probe = randn([2, 32, frames, 12 / pool, 12 / pool], generator: random);
        Dictionary<string, Tensor> Run(Func<Tensor> forward)
        {
            clips.grad?.zero_();
            block.zero_grad();
            Tensor output = forward();
            (output.to_type(ScalarType.Float32) * probe).sum().backward();
            var results = parameters.ToDictionary(entry => entry.Key, entry => entry.Value.grad!.clone());
            results["clips"] = clips.grad!.clone();
            results["output"] = output.detach().to_type(ScalarType.Float32);
            return results;
        }

        Dictionary<string, Tensor> wanted = Run(() => Reference(clips, parameters, kernel, pool));
        Dictionary<string, Tensor> found = Run(() => block.call(clips.to_type(ScalarType.BFloat16)));

        // A bias before a batch norm has no effect: its gradient is rounding alone.
        Assert.All(
            wanted.Where(entry => entry.Key != "conv.bias"),
            entry =>
            {
                double distance = TestEncoders.Distance(entry.Value, found[entry.Key]);
                double bound = entry.Key == "output" ? Rounding : Gradients;
                Assert.True(distance < bound, $"{entry.Key}: {distance:0.0000}");
            }
        );
    }

    private static Tensor Reference(Tensor clips, Dictionary<string, Tensor> parameters, int kernel, int pool)
    {
        Tensor map = nn.functional.conv3d(
            Rounded(clips),
            Rounded(parameters["conv.weight"]),
            Rounded(parameters["conv.bias"]),
            padding: [kernel / 2, 1, 1]
        );
        map = nn.functional.batch_norm(
            Rounded(map),
            zeros(map.shape[1]),
            ones(map.shape[1]),
            parameters["norm.weight"],
            parameters["norm.bias"],
            training: true
        );
        map = nn.functional.relu(map);
        return Rounded(pool > 1 ? nn.functional.max_pool3d(map, [1, pool, pool]) : map);
    }

    /// <summary>Rounds to bfloat16, and the gradient that comes back too.</summary>
    private static Tensor Rounded(Tensor tensor) => tensor.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32);
}
