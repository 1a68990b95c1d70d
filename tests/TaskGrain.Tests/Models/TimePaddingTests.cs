using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>Convolutions of clips with frames of zeros around them against plain ones, with gradients.</summary>
public sealed class TimePaddingTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 7)]
    [InlineData(0, 5)]
    public void Results_and_gradients_are_those_of_the_plain_convolution(long spatial, long frames)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1, CPU);
        Tensor input = ChannelsLast.Make(randn([2, 8, frames, 6, 5], generator: random));
        Tensor weight = ChannelsLast.Make(randn([16, 8, 3, 3, 3], generator: random));
        Tensor bias = randn([16], generator: random);
        Tensor probe = randn([2, 16, frames, 4 + (2 * spatial), 3 + (2 * spatial)], generator: random);
        Tensor[] plain = [.. new[] { input, weight, bias }.Select(t => t.to_type(ScalarType.Float64))];
        Tensor[] mine = [.. new[] { input, weight, bias }.Select(t => t.detach().clone())];
        foreach (Tensor tensor in plain.Concat(mine))
        {
            tensor.requires_grad_(true);
        }

        Tensor expected = nn.functional.conv3d(plain[0], plain[1], plain[2], padding: [1, spatial, spatial]);
        (expected * probe).sum().backward();
        Tensor found = TimePadding.Convolve(mine[0], mine[1], mine[2], spatial);
        (found * probe).sum().backward();

        // Each is a sum in float32.
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange(TestEncoders.Distance(expected.detach(), found.detach()), 0, 1e-5);
        Assert.All(
            plain.Zip(mine),
            pair => Assert.InRange(TestEncoders.Distance(pair.First.grad!, pair.Second.grad!), 0, 1e-5)
        );
    }

    [Fact]
    public void It_is_for_training_in_float32_where_oneDNN_has_AVX2_alone()
    {
        using var scope = NewDisposeScope();
        Tensor clips = zeros([2, 3, 4, 8, 8]);

        Assert.True(TimePadding.IsFaster(clips, avx2: true));
        Assert.False(TimePadding.IsFaster(clips, avx2: false));
        Assert.False(TimePadding.IsFaster(clips.to_type(ScalarType.BFloat16), avx2: true));
        using IDisposable noGradient = no_grad();
        Assert.False(TimePadding.IsFaster(clips, avx2: true));
    }
}
