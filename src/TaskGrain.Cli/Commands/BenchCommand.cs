using System.CommandLine;
using System.Text.Json;
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
            BenchMetrics.Create(),
            BenchFeatures.Create(),
            BenchModelWorker.Create(),
        };

    private static Command Data()
    {
        Option<FileInfo> clip = new("--clip")
        {
            Description = "A video file to decode; without it one is generated.",
            HelpName = "FILE",
        };
        Option<int> rounds = new("--rounds")
        {
            Description = "Rounds; the medians are printed.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        Option<double> seconds = new("--seconds")
        {
            Description = "Time for each subject in a round.",
            HelpName = "S",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "data",
            "Decoding a video, beside the ffmpeg program, and loading clips from a raw and a JPEG frame store.\n"
                + "Example: taskgrain bench data --clip 166766.webm"
        )
        {
            clip,
            rounds,
            seconds,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new DataBenchmarkOptions
                {
                    Clip = parsed.GetValue(clip)?.FullName,
                    Rounds = parsed.GetValue(rounds),
                    Seconds = parsed.GetValue(seconds),
                };
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                DataBenchmarkReport report = DataBenchmark.Run(options, progress, cancel);
                progress.Dispose();
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
                    return Task.FromResult(0);
                }

                Console.Out.WriteLine(
                    $"{report.Clip}, {report.Frames} frames; medians of {report.Rounds} rounds on {report.Cores} cores"
                );
                Console.Out.WriteLine($"{"", -36}{"clips/s", 10}{"a core-second", 16}  target");
                foreach (DataBenchmarkRow row in report.Rows)
                {
                    string verdict = row.Reached is { } reached
                        ? $"{row.Target}: {(reached ? "reached" : "missed")}"
                        : "";
                    Console.Out.WriteLine(
                        $"{row.Name, -36}{row.ClipsPerSecond, 10:0.0}{row.ClipsPerCoreSecond, 16:0.0}  {verdict}"
                    );
                }

                Console.Out.WriteLine(
                    $"decoding in process gives {report.DecodingRatio:0.00} times the ffmpeg program's clips a "
                        + $"core-second"
                );
                return Task.FromResult(0);
            }
        );
        return command;
    }
}
