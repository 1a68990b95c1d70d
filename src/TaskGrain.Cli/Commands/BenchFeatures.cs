using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Runtime;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench features</c>: imagenet-resnet18 beside ONNX Runtime on the same weights.</summary>
internal static class BenchFeatures
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        Option<int> rounds = new("--rounds")
        {
            Description = "Rounds; the medians are printed.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "features",
            "Frames a second of imagenet-resnet18: our network in float32 and bfloat16, beside ONNX Runtime on the "
                + "package's own file, and an extraction with decoding.\n"
                + "Example: taskgrain bench features --rounds 5"
        )
        {
            rounds,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                int count = parsed.GetValue(rounds);
                if (count < 1)
                {
                    throw new UsageException($"--rounds {count}: at least 1 is needed.");
                }

                int used = ComputeDevice.SetThreads(parsed.GetValue(threads));
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                IReadOnlyList<FeatureBenchmarkRow> rows = FeatureBenchmark.Run(count, progress, cancel);
                progress.Dispose();
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(
                        JsonSerializer.Serialize(
                            new
                            {
                                Threads = used,
                                Rounds = count,
                                rows,
                            },
                            Json
                        )
                    );
                    return Task.FromResult(0);
                }

                Console.Out.WriteLine(
                    $"imagenet-resnet18, 48 frames of 224×224, {used} threads, medians of {count} rounds"
                );
                foreach (FeatureBenchmarkRow row in rows)
                {
                    Console.Out.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{row.Subject, -44}{row.FramesPerSecond, 8:0.0} frames/s{row.TimesOnnxRuntime, 8:0.00} ×"
                        )
                    );
                }

                return Task.FromResult(0);
            }
        );
        return command;
    }
}
