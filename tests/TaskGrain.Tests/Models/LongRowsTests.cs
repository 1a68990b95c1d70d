using TaskGrain.Models;
using TaskGrain.Models.Kernels;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>Convolutions along time against the plain ones, gradients included.</summary>
public sealed class LongRowsTests
{
    [Theory]
    [InlineData(3, ScalarType.Float32)]
    [InlineData(1, ScalarType.Float32)]
    [InlineData(3, ScalarType.BFloat16)]
    [InlineData(1, ScalarType.BFloat16)]
    public void Results_and_gradients_are_those_of_the_plain_convolution(int kernel, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1, CPU);
        Tensor Numbers(params long[] shape) =>
            randn(shape, generator: random).to_type(ScalarType.BFloat16).to_type(ScalarType.Float32);
        Tensor input = ChannelsLast.Make(Numbers(2, 16, 13, 6, 5));
        Tensor weight = ChannelsLast.Make(Numbers(32, 16, kernel, 3, 3));
        Tensor bias = Numbers(32);
        Tensor probe = Numbers(2, 32, 13, 4, 3);
        Tensor[] plain = [.. new[] { input, weight, bias }.Select(t => t.to_type(ScalarType.Float64))];
        Tensor[] mine = [.. new[] { input, weight, bias }.Select(t => t.detach().clone())];
        foreach (Tensor tensor in plain.Concat(mine))
        {
            tensor.requires_grad_(true);
        }

        Tensor expected = nn.functional.conv3d(plain[0], plain[1], plain[2], padding: [kernel / 2, 0, 0]);
        (expected * probe).sum().backward();
        Tensor found = LongRows.Convolve(mine[0].to_type(type), mine[1].to_type(type), mine[2].to_type(type));
        (found.to_type(ScalarType.Float32) * probe).sum().backward();

        // Each is a sum in float32, rounded once to the format.
        double bound = type == ScalarType.BFloat16 ? 1.0 / 256 : 1e-5;
        Assert.Equal(type, found.dtype);
        Assert.InRange(TestEncoders.Distance(expected.detach(), found.detach()), 0, bound);
        for (int i = 0; i < plain.Length; i++)
        {
            // Without bfloat16 instructions the gradient of the input is put together, and rounded, tap by tap.
            double share = i == 0 ? bound * Math.Sqrt(kernel * 9) : bound;
            Assert.InRange(TestEncoders.Distance(plain[i].grad!, mine[i].grad!), 0, share);
        }
    }

    [Theory]
    [InlineData(3, ScalarType.Float32, "0 3 4 2 1")]
    [InlineData(1, ScalarType.Float32, "0 3 4 2 1")]
    [InlineData(3, ScalarType.BFloat16, "0 3 4 2 1")]
    [InlineData(1, ScalarType.BFloat16, "3 4 0 2 1")]
    public void A_block_along_time_trains_as_a_plain_one_and_leaves_its_map_to_the_next(
        int kernel,
        ScalarType type,
        string order
    )
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(2, CPU);
        using var block = new ConvolutionBlock(16, 16, kernel, 0, 1, new SeededRandom(3));
        block.train();
        Tensor clips = ChannelsLast.Make(randn([2, 16, 12, 6, 6], generator: random)).to_type(type);
        Tensor Exact(Tensor tensor) => tensor.detach().to_type(type).to_type(ScalarType.Float64);
        (Tensor weight, Tensor bias) = (
            Exact(block.get_parameter("conv.weight")!),
            Exact(block.get_parameter("conv.bias")!)
        );

        Assert.True(LongRows.AreFaster(clips, 0));
        Tensor found = block.call(clips);

        Tensor map = nn.functional.conv3d(Exact(clips), weight, bias, padding: [kernel / 2, 0, 0]);
        Tensor expected = nn.functional.relu(
            nn.functional.batch_norm(map, zeros(16, ScalarType.Float64), ones(16, ScalarType.Float64), training: true)
        );

        // The convolution's output and the block's are rounded to the format.
        double bound = type == ScalarType.BFloat16 ? 2.0 / 256 : 1e-5;
        Assert.InRange(TestEncoders.Distance(expected, found.detach()), 0, bound);
        Assert.Equal(order, string.Join(' ', MemoryOrder.Of(found) ?? []));
    }

    [Fact]
    public void Rows_of_many_positions_stay_as_they_are()
    {
        using var scope = NewDisposeScope();

        Assert.True(LongRows.AreFaster(zeros([1, 4, 16, 8, 8]), 0));
        Assert.False(LongRows.AreFaster(zeros([1, 4, 16, 12, 12]), 0));
        Assert.False(LongRows.AreFaster(zeros([1, 4, 16, 8, 8]), 1));
        Assert.False(LongRows.AreFaster(zeros([1, 4, 4, 3, 3]), 0));
    }
}
