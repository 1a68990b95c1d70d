using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>
/// The convolutions in bfloat16 against the same sums in float64. All numbers are positive, so nothing cancels and a
/// result is as exact as its terms: rounding to bfloat16's 8 significant bits changes a number by at most 2^-8 of it,
/// a term is a product of two rounded numbers, and the sum is rounded once more. That is the bound of every element,
/// whatever the order of the additions; float32 accumulators add at most 2^-24 of the sum for each term.
/// </summary>
public sealed class ConvolutionTests
{
    private const double Rounding = 1.0 / 256;

    /// <summary>Two numbers of a term, and the result.</summary>
    private const int Roundings = 3;

    /// <summary>
    /// Without bfloat16 instructions a gradient of the input is put together position by position of the kernel, and
    /// the sum is rounded after each.
    /// </summary>
    private static int RoundingsOfInputGradient(int kernel) => 2 + (kernel * 9);

    // Layers of M(128-128); the frames around the edges of a kernel of three.
    public static TheoryData<int, int, int, int, int> Layers()
    {
        var layers = new TheoryData<int, int, int, int, int>();
        foreach (int frames in (int[])[1, 2, 3, 4, 6])
        {
            layers.Add(3, 16, 3, 1, frames);
            layers.Add(32, 64, 3, 1, frames);
            layers.Add(128, 128, 3, 0, frames);
            layers.Add(32, 64, 1, 1, frames);
        }

        // Many frames of small maps, which are convolved along time.
        foreach (int frames in (int[])[16, 21])
        {
            layers.Add(32, 64, 3, 0, frames);
            layers.Add(32, 64, 1, 0, frames);
        }

        return layers;
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Bfloat16_is_as_exact_as_its_format(int inputs, int outputs, int kernel, int padding, int frames)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1, CPU);
        using var layer = new Convolution(inputs, outputs, kernel, padding, new SeededRandom(2));
        (Tensor weight, Tensor bias) = layer.Parameters;
        using (no_grad())
        {
            weight.abs_();
            bias.copy_(rand(bias.shape, generator: random));
        }

        Tensor clips = ChannelsLast.Make(rand([2, inputs, frames, 10, 10], generator: random)).requires_grad_(true);
        Tensor[] exact = [.. new[] { clips, weight, bias }.Select(Exact)];
        long[] timeAndSpace = [kernel / 2, padding, padding];
        Tensor expected = nn.functional.conv3d(exact[0], exact[1], exact[2], padding: timeAndSpace);
        Tensor probe = rand(expected.shape, generator: random);
        (expected * probe.to_type(ScalarType.Float64)).sum().backward();

        LeaveNoNumbers(expected);
        Tensor found = layer.call(clips.to_type(ScalarType.BFloat16));
        (found.to_type(ScalarType.Float32) * probe).sum().backward();

        Assert.Equal(ScalarType.BFloat16, found.dtype);
        long terms = inputs * kernel * 9;
        long places = probe.numel() / outputs;
        AssertAsExact("output", expected, found, terms);
        AssertAsExact(
            "gradient of the clips",
            exact[0].grad!,
            clips.grad!,
            outputs * kernel * 9,
            RoundingsOfInputGradient(kernel)
        );
        AssertAsExact("gradient of the weights", exact[1].grad!, weight.grad!, places);
        AssertAsExact("gradient of the biases", exact[2].grad!, bias.grad!, places);
        using (no_grad())
        {
            AssertAsExact("output without gradients", expected, layer.call(clips.to_type(ScalarType.BFloat16)), terms);
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Folded_bfloat16_is_as_exact_as_its_format(int inputs, int outputs, int kernel, int padding, int frames)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using var random = new Generator(1, CPU);
        Tensor weight = ChannelsLast.Make(rand([outputs, inputs, kernel, 3, 3], generator: random));
        Tensor bias = rand([outputs], generator: random);
        Tensor clips = ChannelsLast.Make(rand([2, inputs, frames, 10, 10], generator: random));
        using var layer = new FoldedConvolution(
            weight.to_type(ScalarType.BFloat16).DetachFromDisposeScope(),
            bias.to_type(ScalarType.BFloat16).DetachFromDisposeScope(),
            padding,
            pool: 1
        );
        Tensor[] exact = [.. new[] { clips, weight, bias }.Select(Exact)];
        foreach (bool padTime in (bool[])[true, false])
        {
            if (!padTime && frames < kernel)
            {
                continue;
            }

            long[] timeAndSpace = [padTime ? kernel / 2 : 0, padding, padding];
            Tensor expected = nn.functional.conv3d(exact[0], exact[1], exact[2], padding: timeAndSpace);

            LeaveNoNumbers(expected);
            Tensor found = layer.Apply(clips.to_type(ScalarType.BFloat16), padTime);

            AssertAsExact(padTime ? "padded" : "not padded", expected, found, inputs * kernel * 9);
        }
    }

    private static Tensor Exact(Tensor tensor) =>
        tensor.detach().to_type(ScalarType.Float64).contiguous().requires_grad_(tensor.requires_grad);

    /// <summary>
    /// Frees memory full of not-a-numbers, so that a kernel that reads what nobody wrote gives itself away.
    /// </summary>
    private static void LeaveNoNumbers(Tensor like)
    {
        using var scope = NewDisposeScope();
        Tensor[] freed = [.. Enumerable.Range(0, 8).Select(_ => full_like(like, double.NaN))];
        Assert.True(freed[^1].isnan().all().item<bool>());
    }

    private static void AssertAsExact(string what, Tensor expected, Tensor found, long terms, int roundings = Roundings)
    {
        using var scope = NewDisposeScope();
        double bound = (Math.Pow(1 + Rounding, roundings) * Math.Pow(1 + Math.ScaleB(1, -24), terms)) - 1;
        Assert.Equal(expected.shape, found.shape);
        Tensor error = (found.detach().to_type(ScalarType.Float64) - expected).abs();
        Tensor within = error.le(expected.detach() * bound);
        Assert.True(
            within.all().item<bool>(),
            $"{what}: {within.logical_not().sum().item<long>()} of {within.numel()} elements are off by more than "
                + $"{bound:0.0000} of their value; largest error {error.max().item<double>():0.00e0} of values up to "
                + $"{expected.max().item<double>():0.00e0}"
        );
    }
}
