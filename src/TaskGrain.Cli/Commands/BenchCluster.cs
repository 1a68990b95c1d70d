using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using Subject = TaskGrain.Lab.Benchmarks.ModelBenchmarkSubject;
using Work = TaskGrain.Lab.Benchmarks.ModelBenchmarkTask;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench cluster</c>: how efficient training on many ranks would be.</summary>
internal static class BenchCluster
{
    private const int Classes = 174;

    public static Command Create()
    {
        var shared = new ModelBenchmarkOptions();
        Option<int> batch = Words.One("--batch", "N", "Clips of a rank's step.", Read.Whole(1, Options.MostBatch), 4);
        Option<int[]> ranks = Words.Many(
            "--ranks",
            "N",
            "Numbers of ranks; without it 8, 64 and 512.",
            Read.Whole(2, 1_000_000)
        );
        Option<double?> step = Words.Optional(
            "--step",
            "SECONDS",
            "A rank's training step, measured elsewhere; without it bfloat16 is measured here.",
            Read.Positive(1e6)
        );
        Option<double?> latency = Words.Optional(
            "--latency",
            "MICROSECONDS",
            "Latency of a network of your own, with --bandwidth.",
            Read.Positive(1e6)
        );
        Option<double?> bandwidth = Words.Optional(
            "--bandwidth",
            "GB/S",
            "Bandwidth of a network of your own, in gigabytes a second, with --latency.",
            Read.Positive(1e6)
        );
        var command = new Command(
            "cluster",
            "Simulate training on many ranks: the step of one, which is measured, and sums of its gradients over "
                + "networks of stated latency and bandwidth, by the ring algorithm, begun in the backward pass. The "
                + "table is Markdown; docs/clusters.md has the formula.\n"
                + "Example: taskgrain bench cluster --batch 4 --ranks 8 64 512"
        )
        {
            batch,
            ranks,
            step,
            latency,
            bandwidth,
        };
        shared.AddTo(command);
        return command.Runs(
            (parsed, output, cancel) =>
            {
                if ((parsed.GetValue(latency) is null) != (parsed.GetValue(bandwidth) is null))
                {
                    throw new UsageException("--latency and --bandwidth describe a network together.");
                }

                ModelBenchmark benchmark = shared.Of(parsed);
                int clips = parsed.GetValue(batch);
                double seconds =
                    parsed.GetValue(step)
                    ?? benchmark
                        .Run([(Subject.BFloat16, Work.Training, clips, 2)], output.Progress, cancel)[0]
                        .Milliseconds / 1000;
                var options = EncoderOptions.ForCrop(EncoderArchitecture.Parse(benchmark.Architecture), benchmark.Crop);
                int[] sizes = parsed.GetValue(ranks) is { Length: > 0 } named ? named : [8, 64, 512];
                IReadOnlyList<ClusterNetwork> networks = parsed.GetValue(latency) is { } time
                    ? [new ClusterNetwork("own", time, parsed.GetValue(bandwidth)!.Value)]
                    : ClusterNetwork.Usual;
                var report = new ClusterReport(
                    ClusterSimulation.Of(options, benchmark.Frames, seconds, Classes),
                    benchmark.Architecture,
                    clips,
                    networks,
                    sizes
                );
                if (output.Json)
                {
                    output.Print(report.Rows());
                }
                else
                {
                    output.Text(report.ToMarkdown());
                }

                return 0;
            }
        );
    }
}
