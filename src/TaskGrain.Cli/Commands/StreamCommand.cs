using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

internal static class StreamCommand
{
    private static readonly JsonSerializerOptions JsonLines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Argument<string> source = new("SOURCE")
        {
            Description = "A video file, camera (or camera:NAME), or - for a video on standard input.",
        };
        Option<FileInfo> model = Options.Model;
        model.Required = true;
        Option<int> top = new("--top")
        {
            Description = "Classes to name.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        Option<int> every = new("--every")
        {
            Description = "A prediction after every so many frames.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<int> beam = new("--beam")
        {
            Description = "Captions a beam search keeps; 1 takes the likeliest word at every step.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> noCaption = new("--no-caption") { Description = "Classes only." };
        Option<bool> realTime = new("--real-time")
        {
            Description = "Read a file at the pace of the video, not as fast as possible.",
        };
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
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
            device,
            precision,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new StreamOptions
                {
                    Top = parsed.GetValue(top),
                    Every = parsed.GetValue(every),
                    BeamWidth = parsed.GetValue(beam),
                    Captions = !parsed.GetValue(noCaption),
                };
                options.Validate();
                ComputeDevice.SetThreads(parsed.GetValue(threads));
                using VideoModel loaded = ModelFile.Load(
                    parsed.GetRequiredValue(model).FullName,
                    ComputeDevice.Parse(parsed.GetRequiredValue(device)),
                    parsed.GetValue(precision)
                );
                using var predictor = new StreamPredictor(loaded, options);
                using LiveVideo video = LiveVideo.Open(
                    parsed.GetRequiredValue(source),
                    predictor.Format,
                    parsed.GetValue(realTime)
                );
                using CancellationTokenRegistration stop = cancel.Register(video.Stop);
                Run(video, predictor, parsed.GetValue(json) ? WriteJson : WriteText, parsed.GetValue(quiet));
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static void Run(
        LiveVideo video,
        StreamPredictor predictor,
        Action<StreamPrediction, double> write,
        bool quiet
    )
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
                write(prediction, video.FramesRead / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (predictor.Finish() is { } last)
        {
            write(last, video.FramesRead / seconds);
        }

        if (!quiet && latencies.Count > 0)
        {
            double[] sorted = [.. latencies.Order()];
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{video.FramesRead} frames in {seconds:0.0} s; latency of a prediction "
                        + $"{sorted[sorted.Length / 2]:0.0} ms (median), "
                        + $"{sorted[(int)(0.95 * (sorted.Length - 1))]:0.0} ms (95%), and {predictor.LookAhead} "
                        + $"frames of look-ahead ({predictor.LookAhead / video.Format.FramesPerSecond:0.00} "
                        + $"s); the computation alone could take {video.FramesRead / busy:0} frames/s"
                )
            );
        }
    }

    private static void WriteText(StreamPrediction prediction, double framesPerSecond)
    {
        string classes = string.Join(
            ", ",
            prediction.Top.Select(c =>
                string.Create(CultureInfo.InvariantCulture, $"{c.Name} {100 * c.Probability:0}%")
            )
        );
        string caption = prediction.Caption is { } words ? $"  \"{words}\"" : "";
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{prediction.Seconds, 7:0.00} s  {classes}{caption}  ({prediction.Milliseconds:0.0} ms, "
                    + $"{framesPerSecond:0.0} frames/s)"
            )
        );
    }

    private static void WriteJson(StreamPrediction prediction, double framesPerSecond) =>
        Console.Out.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    prediction.Seconds,
                    prediction.Frames,
                    prediction.Window,
                    prediction.Top,
                    prediction.Caption,
                    prediction.Milliseconds,
                    FramesPerSecond = framesPerSecond,
                },
                JsonLines
            )
        );
}
