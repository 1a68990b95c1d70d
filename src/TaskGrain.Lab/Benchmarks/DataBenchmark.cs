using System.Globalization;
using MathNet.Numerics.Statistics;
using TaskGrain.Data;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// Measures how fast clips come: decoded from a video file, beside the ffmpeg program decoding the same file to the
/// same frames, and loaded from a raw and a JPEG frame store into batches. The subjects take turns, so that whatever
/// else runs on the machine hits all of them.
/// </summary>
internal static class DataBenchmark
{
    private const int StoreClips = 32;
    private const int BatchSize = 8;

    /// <summary>Runs the benchmark in a temporary folder.</summary>
    /// <param name="options">What is measured and for how long.</param>
    /// <param name="progress">Told after every measurement, or null.</param>
    /// <param name="cancel">Stops the benchmark.</param>
    /// <returns>The medians.</returns>
    /// <exception cref="TaskGrainException">The clip cannot be read, or the ffmpeg program is missing.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked to stop.</exception>
    public static DataBenchmarkReport Run(
        DataBenchmarkOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        string folder = Directory.CreateTempSubdirectory("taskgrain-bench-").FullName;
        try
        {
            string clip = options.Clip ?? FfmpegReference.MakeClip(Path.Combine(folder, "clip.webm"));
            VideoFrames frames = VideoReader.Read(clip, options.Format, cancel);
            using FrameStore raw = Pack(Path.Combine(folder, "raw"), frames, FrameCompression.Raw);
            using FrameStore jpeg = Pack(
                Path.Combine(folder, "jpeg"),
                frames,
                FrameCompression.Jpeg(options.JpegQuality)
            );
            using var rawLoader = new ClipLoader(raw, options.Sampling, BatchSize, workers: 1);
            using var jpegLoader = new ClipLoader(jpeg, options.Sampling, BatchSize, workers: 1);
            Subject[] subjects =
            [
                new(
                    "ffmpeg program, one process a clip",
                    (_, _) =>
                    {
                        FfmpegReference.Decode(clip, options.Format);
                        return 1;
                    },
                    Children: true
                ),
                new(
                    "decode, one thread",
                    (_, _) =>
                    {
                        VideoReader.Read(clip, options.Format, cancel);
                        return 1;
                    }
                ),
                new("decode, one thread a core", (_, _) => DecodeOnAllCores(clip, options.Format, cancel)),
                new("raw store to batches, one thread", (seed, _) => Load(rawLoader, raw.Count, seed, cancel)),
                new("JPEG store to batches, one thread", (seed, _) => Load(jpegLoader, jpeg.Count, seed, cancel)),
            ];
            foreach (Subject subject in subjects)
            {
                // Warm: code compiled, files and mappings in memory.
                subject.Measure(options.Seconds / 4, cancel);
                subject.Forget();
            }

            for (int round = 0; round < options.Rounds; round++)
            {
                for (int i = 0; i < subjects.Length; i++)
                {
                    subjects[i].Measure(options.Seconds, cancel);
                    progress?.Report(
                        new WorkProgress(
                            "measuring",
                            (round * subjects.Length) + i + 1,
                            options.Rounds * subjects.Length,
                            "measurements",
                            0,
                            subjects[i].Name
                        )
                    );
                }
            }

            return Report(options, frames.Count, subjects);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DataBenchmarkReport Report(DataBenchmarkOptions options, int frames, Subject[] subjects)
    {
        double ratio = subjects[1].ClipsPerCoreSecond / subjects[0].ClipsPerCoreSecond;
        DataBenchmarkRow[] rows =
        [
            subjects[0].Row(null, null),
            subjects[1].Row("3 × the ffmpeg program's clips a core-second", ratio >= 3),
            subjects[2].Row("30 clips/s on 2 cores", subjects[2].ClipsPerSecond >= 30),
            subjects[3].Row("1,500 clips/s on one core", subjects[3].ClipsPerCoreSecond >= 1500),
            subjects[4].Row("100 clips/s on one core", subjects[4].ClipsPerCoreSecond >= 100),
        ];
        string clip = options.Clip is null ? "generated, VP9, 427×240" : Path.GetFileName(options.Clip);
        return new DataBenchmarkReport(clip, frames, Environment.ProcessorCount, options.Rounds, rows, ratio);
    }

    /// <summary>
    /// A store of copies of one clip: large enough, raw, that it does not fit into the processor's caches.
    /// </summary>
    private static FrameStore Pack(string folder, VideoFrames frames, FrameCompression compression)
    {
        using (FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(folder, frames.Format, compression))
        {
            for (int i = 0; i < StoreClips; i++)
            {
                writer.Append(i.ToString(CultureInfo.InvariantCulture), frames);
            }
        }

        return FrameStore.Open(folder);
    }

    private static int DecodeOnAllCores(string clip, FrameFormat format, CancellationToken cancel)
    {
        int clips = Environment.ProcessorCount * 4;
        Parallel.For(
            0,
            clips,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            _ => VideoReader.Read(clip, format, cancel)
        );
        return clips;
    }

    private static int Load(ClipLoader loader, int storeClips, int seed, CancellationToken cancel)
    {
        int[] order = new int[storeClips * 4];
        var random = new SeededRandom((ulong)seed);
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = random.NextInt(storeClips);
        }

        foreach (ClipBatch batch in loader.Load(order, training: true, (ulong)seed, cancel))
        {
            batch.Dispose();
        }

        return order.Length;
    }

    /// <summary>One way of getting clips, and what was measured of it.</summary>
    private sealed record Subject(string Name, Func<int, CancellationToken, int> GetClips, bool Children = false)
    {
        private readonly List<double> _perSecond = [];
        private readonly List<double> _perCoreSecond = [];
        private int _seed;

        public double ClipsPerSecond => _perSecond.Median();

        public double ClipsPerCoreSecond => _perCoreSecond.Median();

        public void Measure(double seconds, CancellationToken cancel)
        {
            ProcessorClock clock = ProcessorClock.Start();
            int clips = 0;
            while (clips == 0 || clock.Elapsed.TotalSeconds < seconds)
            {
                cancel.ThrowIfCancellationRequested();
                clips += GetClips(_seed++, cancel);
            }

            TimeSpan cores = Children ? clock.OfChildren : clock.Own;
            _perSecond.Add(clips / clock.Elapsed.TotalSeconds);
            _perCoreSecond.Add(clips / Math.Max(1e-6, cores.TotalSeconds));
        }

        public void Forget()
        {
            _perSecond.Clear();
            _perCoreSecond.Clear();
        }

        public DataBenchmarkRow Row(string? target, bool? reached) =>
            new(Name, Math.Round(ClipsPerSecond, 1), Math.Round(ClipsPerCoreSecond, 1), target, reached);
    }
}
