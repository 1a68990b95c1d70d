using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Runtime;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench features</c>: imagenet-resnet18 beside ONNX Runtime on the same weights.</summary>
internal static class BenchFeatures
{
    public static Command Create()
    {
        Option<int> rounds = Options.Rounds("Rounds; the medians are printed.", 5);
        Option<int> threads = Options.Threads;
        var command = new Command(
            "features",
            "Frames a second of imagenet-resnet18: our network in float32 and bfloat16, beside ONNX Runtime on the "
                + "package's own file, and an extraction with decoding.\n"
                + "Example: taskgrain bench features --rounds 5"
        )
        {
            rounds,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                int count = parsed.GetValue(rounds);
                int used = ComputeDevice.SetThreads(parsed.GetValue(threads));
                IReadOnlyList<FeatureBenchmarkRow> rows = FeatureBenchmark.Run(count, output.Progress, cancel);
                if (output.Json)
                {
                    output.Print(
                        new
                        {
                            Threads = used,
                            Rounds = count,
                            rows,
                        }
                    );
                    return 0;
                }

                output.Line($"imagenet-resnet18, 48 frames of 224×224, {used} threads, medians of {count} rounds");
                foreach (FeatureBenchmarkRow row in rows)
                {
                    output.Line(
                        $"{row.Subject,-44}{row.FramesPerSecond,8:0.0} frames/s{row.TimesOnnxRuntime,8:0.00} ×"
                    );
                }

                return 0;
            }
        );
    }
}
