using TaskGrain.Models;
using TaskGrain.Models.Kernels;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Kernels;

/// <summary>
/// The fused pass against libtorch's own three layers in float64, from the same numbers: whatever the number of
/// channels, in both formats, with rows and columns that no window covers.
/// </summary>
public sealed class NormReluPoolTests
{
    public static TheoryData<int, ScalarType, int> Maps()
    {
        var maps = new TheoryData<int, ScalarType, int>();
        foreach (int channels in (int[])[1, 2, 3, 4, 8, 12, 16, 24])
        {
            foreach (ScalarType type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
            {
                maps.Add(channels, type, 1);
                maps.Add(channels, type, 2);
            }
        }

        return maps;
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Any_number_of_channels_gives_what_the_three_layers_give(int channels, ScalarType type, int pool)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1, CPU);
        Tensor map = ChannelsLast.Make(randn([2, channels, 3, 7, 9], generator: random)).to_type(type);
        Tensor weight = randn([channels], generator: random);
        Tensor bias = randn([channels], generator: random);
        Tensor mean = rand([channels], generator: random);
        Tensor variance = rand([channels], generator: random) + 1;
        Tensor probe = randn([2, channels, 3, 7 / pool, 9 / pool], generator: random).to_type(type);
        Tensor[] exact = [.. new[] { map, weight, bias, mean, variance }.Select(t => t.to_type(ScalarType.Float64))];
        Tensor[] learned = [map, weight, bias];
        foreach (Tensor tensor in learned.Concat(exact[..3]))
        {
            tensor.requires_grad_(true);
        }

        Assert.True(NormReluPool.CanApply(map, pool));
        Tensor found = NormReluPool.Apply(map, weight, bias, mean, variance, pool);
        (found * probe).sum().backward();
        Tensor expected = nn.functional.relu(
            nn.functional.batch_norm(
                exact[0],
                exact[3],
                exact[4],
                exact[1],
                exact[2],
                training: true,
                BatchNormalisation.Momentum,
                BatchNormalisation.Epsilon
            )
        );
        expected = pool > 1 ? nn.functional.max_pool3d(expected, [1, pool, pool]) : expected;
        (expected * probe.to_type(ScalarType.Float64)).sum().backward();

        // What is stored in the map's format is as exact as that; sums and statistics are float32.
        const double Sums = 1e-5;
        double stored = type == ScalarType.BFloat16 ? 1.0 / 256 : Sums;
        Assert.Equal(type, found.dtype);
        AssertClose("output", expected, found, stored);
        AssertClose("running mean", exact[3], mean, Sums);
        AssertClose("running variance", exact[4], variance, Sums);
        AssertClose("gradient of the map", exact[0].grad!, map.grad!, stored);
        AssertClose("gradient of the factors", exact[1].grad!, weight.grad!, Sums);
        AssertClose("gradient of the addends", exact[2].grad!, bias.grad!, Sums);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Without_gradients_it_is_a_line_a_rectifier_and_the_largest(int channels)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(2, CPU);
        Tensor map = ChannelsLast.Make(randn([1, channels, 2, 5, 4], generator: random));
        double Scale(int c) => c - 1.5;
        double Shift(int c) => 0.25 * c;

        Tensor found = NormReluPoolState.Normalise(map, Scale, Shift, 2);

        Tensor scale = tensor(Enumerable.Range(0, channels).Select(Scale).ToArray()).view(1, -1, 1, 1, 1);
        Tensor shift = tensor(Enumerable.Range(0, channels).Select(Shift).ToArray()).view(1, -1, 1, 1, 1);
        Tensor expected = nn.functional.max_pool3d(nn.functional.relu((map * scale) + shift), [1, 2, 2]);
        AssertClose("output", expected, found, 1e-6);
    }

    private static void AssertClose(string what, Tensor expected, Tensor found, double bound)
    {
        double distance = TestEncoders.Distance(expected.detach(), found.detach());
        Assert.True(distance <= bound, $"{what}: {distance:0.0e0} of its length away");
    }
}
