using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using TaskGrain.Inference.Features;
using TaskGrain.Runtime;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>What a row of <see cref="FeatureBenchmark"/> says.</summary>
/// <param name="Subject">What computes.</param>
/// <param name="FramesPerSecond">Median over the rounds.</param>
/// <param name="TimesOnnxRuntime">Its speed beside ONNX Runtime's in the same run.</param>
internal sealed record FeatureBenchmarkRow(string Subject, double FramesPerSecond, double TimesOnnxRuntime);

/// <summary>
/// Measures the features of <c>imagenet-resnet18</c>: ONNX Runtime on the package's own file, one frame at a time as
/// the file asks for, our network in batches in float32 and bfloat16, and an extraction from a video, with decoding.
/// The subjects take turns, so that whatever else runs on the machine hits all of them.
/// </summary>
internal static class FeatureBenchmark
{
    private const int Frames = 48;
    private const int Videos = 4;
    private const string Reference = "ONNX Runtime, the package's file, batch 1";

    /// <summary>Runs the benchmark.</summary>
    /// <param name="rounds">Rounds; the medians count.</param>
    /// <param name="progress">Told after every measurement, or null.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The rows, the reference first.</returns>
    /// <exception cref="TaskGrainException">The package's files or the ffmpeg program are missing.</exception>
    public static IReadOnlyList<FeatureBenchmarkRow> Run(
        int rounds,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        string folder = Directory.CreateTempSubdirectory("taskgrain-bench-").FullName;
        try
        {
            string clip = FfmpegReference.MakeClip(Path.Combine(folder, "clip.webm"));
            using IFeatureSource single = ImageNetResNet18.Open(torch.CPU, Precision.Float32);
            using IFeatureSource half = ImageNetResNet18.Open(torch.CPU, Precision.BFloat16);
            VideoFrames whole = VideoReader.Read(clip, single.Info.Frames, cancel);
            var frames = new VideoFrames(whole.Format, whole.Pixels[..(Frames * whole.Format.BytesPerFrame)]);
            using var options = new SessionOptions { IntraOpNumThreads = torch.get_num_threads() };
            using var session = new InferenceSession(ImageNetResNet18.Find()!.Value.Network, options);
            (string Name, Action Work)[] subjects =
            [
                (Reference, () => OneByOne(session, frames)),
                ("our network, float32, batch 16", () => single.Extract(frames, cancel)),
                ("our network, bfloat16, batch 16", () => half.Extract(frames, cancel)),
                ("extraction from a video, bfloat16", () => Extraction(half, clip, cancel)),
            ];
            double[][] speeds = [.. subjects.Select(_ => new double[rounds])];
            for (int round = -1; round < rounds; round++)
            {
                for (int i = 0; i < subjects.Length; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    long started = Stopwatch.GetTimestamp();
                    subjects[i].Work();
                    double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

                    // The first round compiles and fills caches.
                    if (round >= 0)
                    {
                        speeds[i][round] = (i == subjects.Length - 1 ? Videos * whole.Count : frames.Count) / seconds;
                    }
                }

                progress?.Report(new WorkProgress("measuring", round + 1, rounds, "rounds", 0, null));
            }

            double reference = Median(speeds[0]);
            return
            [
                .. subjects.Select(
                    (subject, i) =>
                        new FeatureBenchmarkRow(subject.Name, Median(speeds[i]), Median(speeds[i]) / reference)
                ),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As <c>extract</c> does it: the next video is decoded while one is computed.</summary>
    private static void Extraction(IFeatureSource source, string clip, CancellationToken cancel)
    {
        Task<VideoFrames> Read() => Task.Run(() => VideoReader.Read(clip, source.Info.Frames, cancel), cancel);
        Task<VideoFrames> next = Read();
        for (int i = 1; i <= Videos; i++)
        {
            VideoFrames frames = next.GetAwaiter().GetResult();
            next = i < Videos ? Read() : next;
            source.Extract(frames, cancel);
        }
    }

    /// <summary>Numbers in the network's form; which they are does not change the time.</summary>
    private static void OneByOne(InferenceSession session, VideoFrames frames)
    {
        float[] input = new float[frames.Format.BytesPerFrame];
        using var value = OrtValue.CreateTensorValueFromMemory(
            input,
            [1, 3, frames.Format.Height, frames.Format.Width]
        );
        using var options = new RunOptions();
        string[] inputs = [.. session.InputMetadata.Keys];
        string[] outputs = [.. session.OutputMetadata.Keys];
        for (int i = 0; i < frames.Count; i++)
        {
            ReadOnlySpan<byte> pixels = frames.Frame(i);
            for (int p = 0; p < pixels.Length; p++)
            {
                input[p] = pixels[p];
            }

            session.Run(options, inputs, [value], outputs).Dispose();
        }
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
