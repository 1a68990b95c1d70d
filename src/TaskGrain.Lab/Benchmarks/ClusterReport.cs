using System.Globalization;
using System.Text;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>The result of <c>bench cluster</c>.</summary>
/// <param name="Simulation">The simulation.</param>
/// <param name="Architecture">The encoder.</param>
/// <param name="Clips">Clips of a rank's step.</param>
/// <param name="Networks">The networks.</param>
/// <param name="Ranks">The numbers of ranks.</param>
internal sealed record ClusterReport(
    ClusterSimulation Simulation,
    string Architecture,
    int Clips,
    IReadOnlyList<ClusterNetwork> Networks,
    IReadOnlyList<int> Ranks
)
{
    /// <summary>One row a network and number of ranks, for programs.</summary>
    public IReadOnlyList<Row> Rows() =>
        [
            .. from network in Networks
            from ranks in Ranks
            select new Row(
                network.Name,
                network.LatencyMicroseconds,
                network.GigabytesPerSecond,
                ranks,
                Simulation.StepSeconds,
                Simulation.Step(network, ranks),
                Simulation.Efficiency(network, ranks),
                Simulation.Efficiency(network, ranks, overlap: false),
                ranks * Clips / Simulation.Step(network, ranks)
            ),
        ];

    /// <summary>A table for people.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Architecture}, {Clips} clips a rank: {1000 * Simulation.StepSeconds:0.0} ms a step, "
                    + $"{Simulation.Bytes / 1e6:0.0} MB of gradients in {Simulation.Buckets.Count} buckets, "
                    + $"{Simulation.Norms} batch norms"
            )
        );
        text.AppendLine();
        text.AppendLine(
            "| network | latency | bandwidth | ranks | step, ms | efficiency | without overlap | clips/s |"
        );
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (Row row in Rows())
        {
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {row.Network} | {row.LatencyMicroseconds:0.##} µs | {row.GigabytesPerSecond:0.##} GB/s | "
                        + $"{row.Ranks} | {1000 * row.StepSeconds:0.0} | {100 * row.Efficiency:0.0}% | "
                        + $"{100 * row.WithoutOverlap:0.0}% | {row.ClipsPerSecond:0.#} |"
                )
            );
        }

        return text.ToString();
    }

    /// <summary>A row of the table.</summary>
    internal sealed record Row(
        string Network,
        double LatencyMicroseconds,
        double GigabytesPerSecond,
        int Ranks,
        double StepAloneSeconds,
        double StepSeconds,
        double Efficiency,
        double WithoutOverlap,
        double ClipsPerSecond
    );
}
