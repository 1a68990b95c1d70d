using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;
using Subject = TaskGrain.Lab.Benchmarks.ModelBenchmarkSubject;
using Work = TaskGrain.Lab.Benchmarks.ModelBenchmarkTask;

namespace TaskGrain.Cli.Commands;

/// <summary>The options that <c>bench model</c>, <c>bench stream</c> and their worker share.</summary>
internal sealed class ModelBenchmarkOptions
{
    private readonly Option<EncoderArchitecture> _architecture = Words.One(
        "--architecture",
        "M(a-b)",
        "The encoder's features, M(3D-2D).",
        EncoderArchitecture.Parse,
        EncoderArchitecture.Parse("M(256-256)")
    );

    private readonly Option<int> _frames = Words.One("--frames", "N", "Frames of a clip.", Read.Whole(1, 10_000), 48);

    private readonly Option<int> _crop = Words.One(
        "--crop",
        "PIXELS",
        "Side of the frames in pixels.",
        Read.Whole(1, FrameFormat.MostPixels),
        96
    );

    private readonly Option<int> _rounds = Options.Rounds("Rounds; the medians are printed.", 3);
    private readonly Option<string> _device = Options.Device;
    private readonly Option<int> _threads = Options.Threads;

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_architecture);
        command.Add(_frames);
        command.Add(_crop);
        command.Add(_rounds);
        command.Add(_device);
        command.Add(_threads);
    }

    /// <summary>Reads them.</summary>
    public ModelBenchmark Of(ParseResult parsed) =>
        new(
            parsed.GetRequiredValue(_architecture).ToString(),
            parsed.GetValue(_frames),
            parsed.GetValue(_crop),
            parsed.GetValue(_rounds),
            parsed.GetRequiredValue(_device),
            parsed.GetValue(_threads)
        );

    /// <summary>Measures and prints the table, or JSON.</summary>
    public int Run(
        ParseResult parsed,
        CommandOutput output,
        IReadOnlyList<(Subject Subject, Work Task, int Batch, int Repeats)> jobs,
        CancellationToken cancel
    )
    {
        ModelBenchmark benchmark = Of(parsed);
        ComputeDevice.SetThreads(benchmark.Threads);
        bool onProcessor = ComputeDevice.Parse(benchmark.Device).type == TorchSharp.DeviceType.CPU;
        IReadOnlyList<ModelBenchmarkRow> rows = benchmark.Run(jobs, output.Progress, cancel);
        var report = new ModelBenchmarkReport(benchmark, rows, onProcessor ? ProcessorPeak.Measure() : null);
        if (output.Json)
        {
            output.PrintJson(report.ToJson());
        }
        else
        {
            output.Text($"{report.ToMarkdown()}\n");
        }

        return 0;
    }
}
