using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain synth speed</c>: the rendering rate on one thread.</summary>
internal static class SynthSpeed
{
    public static Command Create()
    {
        Option<int> count = Options.Clips("Clips to render.", 60);
        Option<int?> size = Words.Optional(
            "--size",
            "PIXELS",
            "Width and height of the frames; without it the films' own 240 lines.",
            Read.Whole(1, FrameFormat.MostPixels)
        );
        var command = new Command(
            "speed",
            "Measure the rendering rate on one thread, without encoding.\nExample: taskgrain synth speed --clips 60"
        )
        {
            count,
            size,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                RenderSpeed speed = RenderSpeed.Measure(
                    parsed.GetValue(count),
                    parsed.GetValue(size) is { } pixels ? new FrameFormat(pixels, pixels, 12) : null,
                    cancel
                );
                output.Result(
                    new
                    {
                        frames = speed.Frames,
                        wallSeconds = speed.WallSeconds,
                        processorSeconds = speed.ProcessorSeconds,
                        framesPerSecond = speed.PerProcessorSecond,
                    },
                    $"{speed.Frames} frames: {speed.PerProcessorSecond:0} frames/s a core "
                        + $"({speed.Frames / speed.WallSeconds:0} by the clock)"
                );
                return 0;
            }
        );
    }
}
