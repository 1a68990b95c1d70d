using TaskGrain.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class BatchNormalisationTests
{
    [Fact]
    public void The_fused_kernel_is_for_float32_factors_alone()
    {
        using var scope = NewDisposeScope();
        using var norm = new BatchNormalisation(16);
        Tensor map = rand([1, 2, 4, 4, 16]).permute(0, 4, 1, 2, 3);

        Assert.True(norm.CanFuse(map, 1));
        norm.to(ScalarType.Float64);
        Assert.False(norm.CanFuse(map, 1));
    }
}
