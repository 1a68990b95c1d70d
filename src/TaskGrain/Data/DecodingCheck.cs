using System.Collections.Concurrent;
using System.Diagnostics;
using TaskGrain.Labels;
using TaskGrain.Runtime;
using TaskGrain.Video;
using TaskGrain.Video.Native;

namespace TaskGrain.Data;

/// <summary>Decodes some or all clips of a data set: finds the bad ones and measures what packing will cost.</summary>
internal sealed class DecodingCheck(DataSet data, DataCheckOptions options)
{
    private readonly ConcurrentBag<(Annotation Clip, DataProblem Problem)> _problems = [];
    private readonly ConcurrentDictionary<string, bool> _failed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _decoded;
    private long _frames;
    private long _rawBytes;
    private long _jpegBytes;
    private int _compressed;
    private long _compressedFrames;
    private double _seconds;

    /// <summary>Clips that were tried.</summary>
    public int Decoded => _decoded;

    /// <summary>Ids of the clips no frame could be had of.</summary>
    public IReadOnlySet<string> Failed => _failed.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>What was wrong with the decoded clips, in the order of the data set.</summary>
    public IEnumerable<DataProblem> Problems =>
        _problems
            .OrderBy(found => found.Clip.Split)
            .ThenBy(found => found.Clip.Media, StringComparer.Ordinal)
            .Select(found => found.Problem);

    private int Threads => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    public void Run(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<Annotation> clips = Choose();
        long started = Stopwatch.GetTimestamp();
        if (clips.Count > 0)
        {
            _ = Ffmpeg.Instance; // a machine without FFmpeg is one fault of the machine, not one of every clip
        }

        // A sample is decoded by one thread, so that the time measured is that of a clip and not of a crowded machine.
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Decode == DecodeChoice.All ? Threads : 1,
            CancellationToken = cancellation,
        };
        Parallel.ForEach(
            clips,
            parallel,
            clip =>
            {
                Decode(clip, cancellation);
                int done = Interlocked.Increment(ref _decoded);
                progress?.Report(
                    new WorkProgress(
                        "decoding",
                        done,
                        clips.Count,
                        "clips",
                        done / Stopwatch.GetElapsedTime(started).TotalSeconds,
                        _failed.IsEmpty ? null : $"{_failed.Count} failed"
                    )
                );
            }
        );
        if (options.Decode == DecodeChoice.All)
        {
            _seconds = Stopwatch.GetElapsedTime(started).TotalSeconds * Threads;
        }
    }

    /// <summary>The cost of packing so many clips; null when not one was decoded.</summary>
    public PackingEstimate? Estimate(int clips)
    {
        int good = _decoded - _failed.Count;
        if (good == 0)
        {
            return null;
        }

        double scale = clips / (double)good;
        double jpegBytesPerFrame = _jpegBytes / (double)Math.Max(1, _compressedFrames);
        return new PackingEstimate(
            good,
            _frames / (double)good,
            _seconds * scale / Threads,
            Threads,
            (long)(_rawBytes * scale),
            (long)(jpegBytesPerFrame * _frames * scale)
        );
    }

    private IReadOnlyList<Annotation> Choose()
    {
        if (options.Decode == DecodeChoice.None)
        {
            return [];
        }

        Annotation[] clips = [.. data.Annotations.Where(annotation => annotation.Media is not null)];
        if (options.Decode == DecodeChoice.All || clips.Length <= options.SampleSize)
        {
            return clips;
        }

        new SeededRandom(options.DataSet.SplitSeed).Shuffle<Annotation>(clips);
        return clips[..options.SampleSize];
    }

    private void Decode(Annotation clip, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            VideoFrames frames = VideoReader.Read(data.MediaPath(clip), options.Format, cancellation);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (frames.Warning is not null)
            {
                Report(
                    clip,
                    DataProblemKind.DoubtfulMedia,
                    $"{frames.Warning.TrimEnd('.')}.",
                    "Look at the clip; its frames are used as they are.",
                    leavesOut: false
                );
            }

            Count(frames, seconds);
        }
        catch (TaskGrainException fault)
        {
            _failed[clip.Id] = true;
            string reason = fault.Message.Replace($"{data.MediaPath(clip)}: ", "", StringComparison.Ordinal);
            Report(
                clip,
                DataProblemKind.UnreadableMedia,
                $"{reason.TrimEnd('.')}.",
                "Download or copy the video again, or remove the record; packing leaves it out.",
                leavesOut: true
            );
        }
    }

    /// <summary>
    /// Adds up sizes and times; only a sample's worth is compressed, for it costs as much as the decoding.
    /// </summary>
    private void Count(VideoFrames frames, double seconds)
    {
        bool compress = Interlocked.Increment(ref _compressed) <= options.SampleSize;
        long jpegBytes = compress ? JpegFrames.Encode(frames, options.JpegQuality).Length : 0;
        lock (_lock)
        {
            _frames += frames.Count;
            _rawBytes += frames.Pixels.Length;
            _jpegBytes += jpegBytes;
            _compressedFrames += compress ? frames.Count : 0;
            _seconds += seconds;
        }
    }

    private void Report(Annotation clip, DataProblemKind kind, string reason, string fix, bool leavesOut) =>
        _problems.Add(
            (
                clip,
                new DataProblem
                {
                    Kind = kind,
                    File = clip.Media!,
                    Id = clip.Id,
                    Reason = reason,
                    Fix = fix,
                    LeavesOut = leavesOut,
                }
            )
        );
}
