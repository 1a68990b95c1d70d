using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Tests.Runtime.Ranks;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>Batch norms over the clips of several ranks, beside one that has all of them.</summary>
public sealed class SharedStatisticsTests
{
    private const int Channels = 16;

    public SharedStatisticsTests() => NativeLibraries.EnsureLoaded();

    /// <summary>
    /// By the fused kernel, or by libtorch's operations for what that does not know, such as the map of one clip: ranks
    /// may differ in it.
    /// </summary>
    [Theory]
    [InlineData(2, 2, true, true)]
    [InlineData(1, 3, false, true)]
    [InlineData(2, 2, false, false)]
    [InlineData(4, 0, true, true)]
    [InlineData(4, 0, true, false)]
    public void Two_ranks_normalise_and_go_back_as_one(int first, int second, bool firstFused, bool secondFused)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        Tensor clips = ChannelsLast.Make((randn([4, Channels, 2, 6, 6]) * 3) + 5);
        Tensor wanted = randn([4, Channels, 2, 6, 6]);
        float[][] expected = Pass(clips, wanted, null, fused: true);

        float[][][] parts = new float[2][][];
        ThreadRanks.Run(
            2,
            ranks =>
            {
                using DisposeScope own = NewDisposeScope();
                int rank = ranks.Place.Rank;
                int count = rank == 0 ? first : second;
                var share = new StatisticsShare(ranks) { Counts = count > 0 };
                (int start, int used) = (rank == 0 ? 0 : first, Math.Max(1, count));
                start = Math.Min(start, 4 - used);
                Tensor weight = count > 0 ? ones(1) : zeros(1);
                parts[rank] = Pass(
                    ChannelsLast.Make(clips.narrow(0, start, used)),
                    wanted.narrow(0, start, used) * weight,
                    share,
                    rank == 0 ? firstFused : secondFused
                );
            }
        );

        // Gradients of the clips side by side, those of the parameters added, running statistics the same.
        float[] gradients = second > 0 ? [.. parts[0][0], .. parts[1][0]] : parts[0][0];
        AssertClose(expected[0], gradients);
        AssertClose(expected[1], [.. parts[0][1].Zip(parts[1][1], (a, b) => a + b)]);
        AssertClose(expected[2], [.. parts[0][2].Zip(parts[1][2], (a, b) => a + b)]);
        for (int statistic = 3; statistic < 5; statistic++)
        {
            AssertClose(expected[statistic], parts[0][statistic]);
            Assert.Equal(parts[0][statistic], parts[1][statistic]);
        }

        if (second == 0)
        {
            Assert.All(parts[1][0], gradient => Assert.Equal(0, gradient));
        }
    }

    /// <summary>Gradients of map, weight and bias, then the running statistics.</summary>
    private static float[][] Pass(Tensor clips, Tensor wanted, StatisticsShare? share, bool fused)
    {
        using var norm = new BatchNormalisation(Channels) { Share = share };
        norm.train();
        Tensor map = clips.detach().clone().requires_grad_();
        Tensor output = fused && norm.CanFuse(map, 1)
            ? norm.TrainThenReluPool(map, 1)
            : nn.functional.relu(norm.call(map));
        (output * wanted).sum().backward();
        return
        [
            Numbers(map.grad!),
            .. norm.named_parameters().OrderByDescending(p => p.name).Select(p => Numbers(p.parameter.grad!)),
            .. norm.Running.Select(Numbers),
        ];
    }

    private static float[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();

    // Sums of some hundred float32 numbers of order 10, in another order.
    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-3f));
    }
}
