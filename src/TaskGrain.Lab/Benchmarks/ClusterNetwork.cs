namespace TaskGrain.Lab.Benchmarks;

/// <summary>A network between ranks.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="LatencyMicroseconds">Time of a message without content between two ranks.</param>
/// <param name="GigabytesPerSecond">What a rank sends, and receives at the same time.</param>
internal sealed record ClusterNetwork(string Name, double LatencyMicroseconds, double GigabytesPerSecond)
{
    /// <summary>Usual figures of usual networks: nominal bandwidths, and latencies as MPI sees them.</summary>
    public static IReadOnlyList<ClusterNetwork> Usual { get; } =
    [
        new("Ethernet, 10 Gbit/s", 30, 1.25),
        new("Ethernet, 100 Gbit/s", 5, 12.5),
        new("InfiniBand HDR, 200 Gbit/s", 1.5, 25),
    ];

    /// <summary>
    /// Seconds of a sum over the ranks by the ring algorithm: each sends 2(p − 1) messages of a p-th of the bytes.
    /// </summary>
    /// <param name="bytes">Bytes on each rank.</param>
    /// <param name="ranks">Number of ranks p.</param>
    public double Ring(double bytes, int ranks) =>
        (2 * (ranks - 1) * LatencyMicroseconds * 1e-6)
        + (2.0 * (ranks - 1) / ranks * bytes / (GigabytesPerSecond * 1e9));

    /// <summary>Seconds of a sum of a few numbers: every rank has it after ⌈log2 p⌉ exchanges with others.</summary>
    /// <param name="ranks">Number of ranks p.</param>
    public double Small(int ranks) => Math.Ceiling(Math.Log2(ranks)) * LatencyMicroseconds * 1e-6;
}
