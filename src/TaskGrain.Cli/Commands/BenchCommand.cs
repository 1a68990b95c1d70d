using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;

namespace TaskGrain.Cli.Commands;

internal static class BenchCommand
{
    public static Command Create() =>
        new(
            "bench",
            "Measure how fast this machine does the heavy parts, beside a reference measured in the same run.\n"
                + "Example: taskgrain bench data"
        )
        {
            Data(),
            BenchModel.Create(),
            BenchStream.Create(),
            BenchSynth.Create(),
            BenchMetrics.Create(),
            BenchFeatures.Create(),
            BenchCluster.Create(),
            BenchModelWorker.Create(),
        };

    private static Command Data()
    {
        Option<FileInfo> clip = Words.One(
            "--clip",
            "FILE",
            "A video file to decode; without it one is generated.",
            Read.File
        );
        Option<int> rounds = Options.Rounds("Rounds; the medians are printed.", 5);
        Option<double> seconds = Words.One(
            "--seconds",
            "S",
            "Time for each subject in a round.",
            Read.Positive(3600),
            1
        );
        var command = new Command(
            "data",
            "Decoding a video, beside the ffmpeg program, and loading clips from a raw and a JPEG frame store.\n"
                + "Example: taskgrain bench data --clip 166766.webm"
        )
        {
            clip,
            rounds,
            seconds,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new DataBenchmarkOptions
                {
                    Clip = parsed.GetValue(clip)?.FullName,
                    Rounds = parsed.GetValue(rounds),
                    Seconds = parsed.GetValue(seconds),
                };
                DataBenchmarkReport report = DataBenchmark.Run(options, output.Progress, cancel);
                if (output.Json)
                {
                    output.Print(report);
                }
                else
                {
                    Print(output, report);
                }

                return 0;
            }
        );
    }

    private static void Print(CommandOutput output, DataBenchmarkReport report)
    {
        output.Line(
            $"{report.Clip}, {report.Frames} frames; medians of {report.Rounds} rounds on {report.Cores} cores"
        );
        output.Line($"{"",-36}{"clips/s",10}{"a core-second",16}  target");
        foreach (DataBenchmarkRow row in report.Rows)
        {
            string verdict = row.Reached is { } reached ? $"{row.Target}: {(reached ? "reached" : "missed")}" : "";
            output.Line($"{row.Name,-36}{row.ClipsPerSecond,10:0.0}{row.ClipsPerCoreSecond,16:0.0}  {verdict}");
        }

        output.Line(
            $"decoding in process gives {report.DecodingRatio:0.00} times the ffmpeg program's clips a core-second"
        );
    }
}
