using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class SingleClipTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 5)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    [InlineData(3, 4)]
    [InlineData(3, 16)]
    [InlineData(3, 17)]
    public void Two_halves_give_the_convolution_of_the_whole(int kernel, int frames)
    {
        using var scope = NewDisposeScope();
        Tensor clip = Random([1, 4, frames, 8, 8], seed: 1);
        Tensor weight = Random([6, 4, kernel, 3, 3], seed: 2);
        Tensor bias = Random([6], seed: 3);
        Tensor expected = nn.functional.conv3d(
            clip.to_type(ScalarType.Float64),
            weight.to_type(ScalarType.Float64),
            bias.to_type(ScalarType.Float64),
            padding: [kernel / 2, 1, 1]
        );

        Tensor actual = SingleClip.Convolve(ChannelsLast.Make(clip), ChannelsLast.Make(weight), bias, padding: 1);

        Assert.InRange(TestEncoders.Difference(expected, actual), 0, 1e-5);
        Assert.True(actual.permute(0, 2, 3, 4, 1).is_contiguous());
    }

    [Fact]
    public void Only_a_small_single_clip_in_float32_is_halved()
    {
        using var scope = NewDisposeScope();

        Assert.True(SingleClip.IsSlow(zeros([1, 32, 16, 40, 40])));
        Assert.False(SingleClip.IsSlow(zeros([1, 32, 16, 41, 8])));
        Assert.False(SingleClip.IsSlow(zeros([2, 32, 16, 8, 8])));
        Assert.False(SingleClip.IsSlow(zeros([1, 32, 1, 8, 8])));
        Assert.False(SingleClip.IsSlow(zeros([1, 32, 16, 8, 8], ScalarType.BFloat16)));
    }

    private static Tensor Random(long[] shape, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] values =
        [
            .. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)random.NextGaussian()),
        ];
        return tensor(values, shape);
    }
}
