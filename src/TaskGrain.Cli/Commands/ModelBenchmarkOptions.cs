using System.CommandLine;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Runtime;
using Subject = TaskGrain.Lab.Benchmarks.ModelBenchmarkSubject;
using Work = TaskGrain.Lab.Benchmarks.ModelBenchmarkTask;

namespace TaskGrain.Cli.Commands;

/// <summary>What <c>bench model</c> and <c>bench stream</c> have in common.</summary>
internal static class ModelBenchmarkOptions
{
    public static Option<string> Architecture =>
        new("--architecture")
        {
            Description = "The encoder's features, M(3D-2D).",
            HelpName = "M(a-b)",
            DefaultValueFactory = _ => "M(256-256)",
        };

    public static Option<int> Rounds =>
        new("--rounds")
        {
            Description = "Rounds; the medians are printed.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };

    public static Option<int> Frames =>
        new("--frames")
        {
            Description = "Frames of a clip.",
            HelpName = "N",
            DefaultValueFactory = _ => 48,
        };

    public static Option<int> Crop =>
        new("--crop")
        {
            Description = "Side of the frames in pixels.",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => 96,
        };

    public static void Check(ModelBenchmark benchmark, int batch)
    {
        if (benchmark.Rounds < 1 || benchmark.Frames < 1 || batch < 1)
        {
            throw new UsageException("--rounds, --frames and --batch must be at least 1.");
        }
    }

    /// <summary>Measures and prints the table, or JSON.</summary>
    public static void RunAndPrint(
        ModelBenchmark benchmark,
        IReadOnlyList<(Subject Subject, Work Task, int Batch, int Repeats)> jobs,
        bool json,
        bool quiet,
        CancellationToken cancel
    )
    {
        ComputeDevice.SetThreads(benchmark.Threads);
        bool onProcessor = ComputeDevice.Parse(benchmark.Device).type == TorchSharp.DeviceType.CPU;
        IReadOnlyList<ModelBenchmarkRow> rows;
        using (var progress = new ProgressPrinter(quiet))
        {
            rows = benchmark.Run(jobs, progress, cancel);
        }

        var report = new ModelBenchmarkReport(benchmark, rows, onProcessor ? ProcessorPeak.Measure() : null);
        Console.Out.WriteLine(json ? report.ToJson() : report.ToMarkdown());
    }
}
