using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class PixelTensorTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Bytes_become_scaled_numbers_exactly_with_channels_last(ScalarType type)
    {
        using var scope = NewDisposeScope();
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 4 * 5 * 3).Select(i => (byte)(i * 7))];

        Tensor clips = PixelTensor.FromBytes(pixels, 2, 3, 4, 5, 1.0 / 64, type);

        Assert.Equal([2, 3, 3, 4, 5], clips.shape);
        Assert.Equal([180, 1, 60, 15, 3], clips.stride());
        Assert.Equal(
            pixels[(((((1 * 3) + 2) * 4) + 3) * 5 * 3) + (4 * 3) + 1] / 64f,
            clips[1, 1, 2, 3, 4].to_type(ScalarType.Float32).item<float>()
        );
        Assert.Equal(pixels.Max() / 64f, clips.to_type(ScalarType.Float32).max().item<float>());
    }

    [Fact]
    public void Too_few_bytes_are_refused() =>
        Assert.Throws<ArgumentException>(() => PixelTensor.FromBytes(new byte[10], 1, 1, 2, 2, 1));
}
