using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;

namespace TaskGrain.Tests.Lab.Benchmarks;

public sealed class ClusterSimulationTests
{
    // 1 ms for a message without content, 1 GB/s: figures to reckon with.
    private static readonly ClusterNetwork Slow = new("slow", 1000, 1);

    [Fact]
    public void A_ring_sends_every_byte_twice_but_for_its_own_part() =>
        // 2·3 messages of 1 ms, and 2·3/4 of 8 MB at 1 GB/s.
        Assert.Equal(0.006 + 0.012, Slow.Ring(8e6, 4), 1e-12);

    [Fact]
    public void Buckets_are_sent_one_after_the_other_once_they_are_ready()
    {
        var simulation = new ClusterSimulation(
            1,
            [new ClusterBucket(100e6, 0.5), new ClusterBucket(100e6, 0.6), new ClusterBucket(10e6, 1)],
            Norms: 0
        );

        // Two ranks: 0.002 + bytes. 0.5 to 0.602, to 0.704, and the last from 1 to 1.012.
        Assert.Equal(1.012, simulation.Step(Slow, 2), 1e-9);
        Assert.Equal(1.216, simulation.Step(Slow, 2, overlap: false), 1e-9);
        Assert.Equal(1 / 1.012, simulation.Efficiency(Slow, 2), 1e-9);
    }

    [Fact]
    public void A_network_that_is_slower_than_the_backward_pass_decides() =>
        // Ready at 0.5 and 0.6: 0.5 + 0.402 + 0.402.
        Assert.Equal(
            1.304,
            new ClusterSimulation(1, [new ClusterBucket(400e6, 0.5), new ClusterBucket(400e6, 0.6)], 0).Step(Slow, 2),
            1e-9
        );

    [Fact]
    public void Statistics_cost_two_exchanges_a_norm() =>
        // 3 norms, forward and backward, ⌈log2 5⌉ = 3 messages of 1 ms; one bucket of no bytes at the end, 8 messages.
        Assert.Equal(
            1 + 0.008 + 0.018,
            new ClusterSimulation(1, [new ClusterBucket(0, 1)], Norms: 3).Step(Slow, 5),
            1e-9
        );

    [Fact]
    public void An_encoder_s_buckets_hold_all_of_its_gradients_and_become_ready_in_order()
    {
        var options = EncoderOptions.ForCrop(EncoderArchitecture.Parse("M(256-256)"), 96);
        var simulation = ClusterSimulation.Of(options, 48, 2, classes: 174);
        using var encoder = TwoChannelEncoder.Unfilled(options);
        long numbers = encoder.parameters().Sum(p => p.numel()) + ((options.FeatureSize + 1) * 174);

        Assert.Equal(4.0 * numbers, simulation.Bytes);
        Assert.Equal(12, simulation.Norms);
        Assert.InRange(simulation.Buckets.Count, 3, 13);
        double[] ready = [.. simulation.Buckets.Select(bucket => bucket.ReadySeconds)];
        Assert.Equal(ready.Order(), ready);
        Assert.Equal(2.0 / 3, ready[0], 1e-9); // head and LSTM, when the forward pass has ended
        Assert.Equal(2, ready[^1], 1e-9);
    }
}
