using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench synth</c>: how rendering into a store scales with the threads.</summary>
internal static class BenchSynth
{
    public static Command Create()
    {
        var defaults = new RenderBenchmarkOptions();
        Option<int> clips = Options.Clips("Clips of the store.", defaults.Clips);
        Option<int> rounds = Options.Rounds("Rounds; the medians are printed.", defaults.Rounds);
        Option<int> size = Options.FrameSize("Width and height of the store's frames.", defaults.Format.Width);
        Option<FrameRate> rate = Options.FrameRate("Frames a second in the store.", defaults.Format.FramesPerSecond);
        Option<int?> jpeg = Options.Jpeg;
        Option<int> threads = Options.Threads;
        var command = new Command(
            "synth",
            "Rendering generated clips into a frame store on all threads, beside the same on one.\n"
                + "Example: taskgrain bench synth --clips 240 --jpeg 90"
        )
        {
            clips,
            rounds,
            size,
            rate,
            jpeg,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                int pixels = parsed.GetValue(size);
                RenderBenchmarkReport report = RenderBenchmark.Run(
                    new RenderBenchmarkOptions
                    {
                        Clips = parsed.GetValue(clips),
                        Rounds = parsed.GetValue(rounds),
                        Threads = parsed.GetValue(threads),
                        Format = new FrameFormat(pixels, pixels, parsed.GetValue(rate)),
                        Compression = new FrameCompression(parsed.GetValue(jpeg)),
                    },
                    output.Progress,
                    cancel
                );
                output.Result(
                    report,
                    $"{report.Clips} clips, {report.Frames}; medians of {report.Rounds} rounds on {report.Cores} "
                        + $"cores: {report.OneThread:0.0} clips/s on one thread, {report.AllThreads:0.0} on "
                        + $"{report.Threads}: {report.Ratio:0.00} times"
                );
                return 0;
            }
        );
    }
}
