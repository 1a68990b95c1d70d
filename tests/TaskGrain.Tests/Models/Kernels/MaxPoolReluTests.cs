using TaskGrain.Models.Kernels;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Kernels;

public sealed class MaxPoolReluTests
{
    // Channels that fill vectors and that do not; sides that leave rows and columns over.
    [Theory]
    [InlineData(32, 12, 12, 2, ScalarType.BFloat16)]
    [InlineData(35, 13, 11, 2, ScalarType.BFloat16)]
    [InlineData(5, 9, 8, 2, ScalarType.Float32)]
    [InlineData(20, 9, 8, 3, ScalarType.Float32)]
    [InlineData(16, 6, 6, 6, ScalarType.BFloat16)]
    [InlineData(8, 8, 8, 2, ScalarType.BFloat16)]
    [InlineData(4, 8, 10, 2, ScalarType.BFloat16)]
    [InlineData(4, 8, 10, 2, ScalarType.Float32)]
    [InlineData(2, 8, 10, 2, ScalarType.Float32)]
    [InlineData(31, 9, 6, 3, ScalarType.BFloat16)]
    [InlineData(15, 9, 6, 3, ScalarType.Float32)]
    public void Gives_what_pooling_and_ReLU_give(int channels, int height, int width, int side, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor map = randn([2, 3, height, width, channels]).to_type(type).permute(0, 4, 1, 2, 3);

        Tensor pooled = MaxPoolRelu.Apply(map, side);

        Tensor expected = nn.functional.relu(
            nn.functional.max_pool3d(map.to_type(ScalarType.Float32), [1, side, side])
        );
        Assert.Equal(type, pooled.dtype);
        Assert.True(pooled.to_type(ScalarType.Float32).equal(expected).all().item<bool>());
        Assert.True(pooled.permute(0, 2, 3, 4, 1).is_contiguous());
    }

    [Fact]
    public void Another_layout_is_pooled_too()
    {
        using var scope = NewDisposeScope();
        Tensor map = randn([1, 4, 2, 6, 6]);

        Tensor expected = nn.functional.relu(nn.functional.max_pool3d(map, [1, 2, 2]));
        Assert.True(MaxPoolRelu.Apply(map, 2).equal(expected).all().item<bool>());
    }
}
