using System.CommandLine;
using System.Diagnostics;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

internal static class StreamCommand
{
    public static Command Create()
    {
        Argument<string> source = Words.Argument(
            "SOURCE",
            "A video file, camera (or camera:NAME), or - for a video on standard input.",
            Read.FileName
        );
        Option<FileInfo> model = Options.ModelOrBase;
        Option<int> top = Options.Top("Classes to name.", 3);
        Option<int> every = Words.One(
            "--every",
            "N",
            "A prediction after every so many frames.",
            Read.Whole(1, Options.MostRounds),
            1
        );
        Option<int> beam = Options.Beam;
        Option<bool> noCaption = Words.Flag("--no-caption", "Classes only.");
        Option<bool> realTime = Words.Flag(
            "--real-time",
            "Read a file at the pace of the video, not as fast as possible."
        );
        var compute = new ComputeOptions();
        var command = new Command(
            "stream",
            "Say what happens in a running video: after every frame the prediction for the last clip's length, with "
                + "its latency and the frame rate. Ctrl-C ends a camera.\n"
                + "With --json one object a line.\n"
                + "Example: taskgrain stream camera --model run/best.safetensors --every 3"
        )
        {
            source,
            model,
            top,
            every,
            beam,
            noCaption,
            realTime,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new StreamOptions
                {
                    Top = parsed.GetValue(top),
                    Every = parsed.GetValue(every),
                    BeamWidth = parsed.GetValue(beam),
                    Captions = !parsed.GetValue(noCaption),
                };
                UsageException.Check(options.Validate);
                using VideoModel loaded = compute.Load(parsed, parsed.GetRequiredValue(model).FullName);
                using var predictor = new StreamPredictor(loaded, options);
                using LiveVideo video = LiveVideo.Open(
                    parsed.GetRequiredValue(source),
                    predictor.Format,
                    parsed.GetValue(realTime)
                );
                using CancellationTokenRegistration stop = cancel.Register(video.Stop);
                Run(video, predictor, output);
                return 0;
            }
        );
    }

    private static void Run(LiveVideo video, StreamPredictor predictor, CommandOutput output)
    {
        byte[] frame = new byte[video.Format.BytesPerFrame];
        var latencies = new List<double>();
        long start = Stopwatch.GetTimestamp();
        double busy = 0;
        while (video.Read(frame))
        {
            long arrived = Stopwatch.GetTimestamp();
            StreamPrediction? prediction = predictor.Push(frame);
            busy += Stopwatch.GetElapsedTime(arrived).TotalSeconds;
            if (prediction is not null)
            {
                latencies.Add(prediction.Milliseconds);
                Print(output, prediction, video.FramesRead / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (predictor.Finish() is { } last)
        {
            Print(output, last, video.FramesRead / seconds);
        }

        if (latencies.Count > 0)
        {
            double[] sorted = [.. latencies.Order()];
            output.Note(
                $"{video.FramesRead} frames in {seconds:0.0} s; latency of a prediction "
                    + $"{sorted[sorted.Length / 2]:0.0} ms (median), "
                    + $"{sorted[(int)(0.95 * (sorted.Length - 1))]:0.0} ms (95%), and {predictor.LookAhead} "
                    + $"frames of look-ahead ({predictor.LookAhead / video.Format.FramesPerSecond:0.00} "
                    + $"s); the computation alone could take {video.FramesRead / busy:0} frames/s"
            );
        }
    }

    private static void Print(CommandOutput output, StreamPrediction prediction, double framesPerSecond)
    {
        if (output.Json)
        {
            output.PrintLine(
                new
                {
                    prediction.Seconds,
                    prediction.Frames,
                    prediction.Window,
                    prediction.Top,
                    prediction.Caption,
                    prediction.Milliseconds,
                    FramesPerSecond = framesPerSecond,
                }
            );
            return;
        }

        string classes = string.Join(", ", prediction.Top.Select(c => $"{c.Name} {100 * c.Probability:0}%"));
        string caption = prediction.Caption is { } words ? $"  \"{words}\"" : "";
        output.Line(
            $"{prediction.Seconds,7:0.00} s  {classes}{caption}  ({prediction.Milliseconds:0.0} ms, "
                + $"{framesPerSecond:0.0} frames/s)"
        );
    }
}
