using System.Diagnostics;
using System.IO.Hashing;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Transfer.Features;

/// <summary>A clip that no features could be had from.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Reason">Why.</param>
internal sealed record ExtractionFault(string Id, string Reason);

/// <summary>What an extraction did.</summary>
internal sealed record ExtractionReport
{
    /// <summary>Clips extracted now.</summary>
    public required int Extracted { get; init; }

    /// <summary>Clips that the store had before.</summary>
    public required int Present { get; init; }

    /// <summary>Vectors extracted now.</summary>
    public required long Vectors { get; init; }

    /// <summary>Seconds it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Clips that failed, named; the rest was extracted.</summary>
    public required IReadOnlyList<ExtractionFault> Faults { get; init; }

    /// <summary>Clips a second; 0 when there was nothing to do.</summary>
    public double ClipsPerSecond => Seconds > 0 ? Extracted / Seconds : 0;
}

/// <summary>Runs a source over the clips of a target and keeps the vectors in a store.</summary>
internal static class FeatureExtraction
{
    /// <summary>What a kill costs at most; waiting for the disk after every clip would cost more.</summary>
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(2);

    /// <summary>Extracts what the store does not have yet; the next clip is decoded while one is computed.</summary>
    /// <param name="source">Makes the vectors.</param>
    /// <param name="target">The clips.</param>
    /// <param name="folder">The store's folder; made when missing.</param>
    /// <param name="splits">Which clips; null for all.</param>
    /// <param name="type">Number format of the store.</param>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops after the present clip; what is done stays.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="TaskGrainException">
    /// The store is of another source, or no clip at all could be read.
    /// </exception>
    public static ExtractionReport Run(
        IFeatureSource source,
        TransferTarget target,
        string folder,
        IReadOnlySet<Split>? splits = null,
        FeatureType type = FeatureType.Float32,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    ) => RunPart(source, target, folder, null, splits, type, progress, cancel);

    /// <summary>As <see cref="Run"/>, of one part of the wanted clips; null for all of them.</summary>
    public static ExtractionReport RunPart(
        IFeatureSource source,
        TransferTarget target,
        string folder,
        StorePart? part,
        IReadOnlySet<Split>? splits = null,
        FeatureType type = FeatureType.Float32,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        long started = Stopwatch.GetTimestamp();
        using var store = FeatureStoreWriter.OpenOrCreate(folder, source.Info, type);
        int[] wanted =
        [
            .. Enumerable
                .Range(0, target.Clips.Count)
                .Where(i => splits is null || splits.Contains(target.Clips[i].Split)),
        ];
        PartFile? file = PartFile.Begin(
            folder,
            part,
            [.. wanted.Select(i => target.Clips[i].Id)],
            holdsClips: store.Count > 0
        );
        wanted = part?.Take(wanted) ?? wanted;
        int[] missing = [.. wanted.Where(i => !store.Contains(target.Clips[i].Id))];
        int present = wanted.Length - missing.Length;
        List<ExtractionFault> faults = [];
        long vectors = 0;
        int done = 0;
        long lastCommit = started;

        using var ahead = new ReadAhead<VideoFrames>(
            i => target.Read(missing[i], source.Info.Frames, cancel),
            missing.Length
        );
        for (int i = 0; i < missing.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            TargetClip clip = target.Clips[missing[i]];
            try
            {
                VideoFrames frames = ahead.Next();
                FeatureSequence features = source.Extract(frames, cancel);
                vectors += features.Steps;
                store.Append(
                    new FeatureEntry
                    {
                        Id = clip.Id,
                        Split = clip.Split,
                        Label = clip.Class >= 0 ? target.Classes[clip.Class] : null,
                        Content = ContentHash(frames),
                    },
                    features
                );
                done++;
            }
            catch (TaskGrainException fault)
            {
                faults.Add(new ExtractionFault(clip.Id, fault.Message));
            }

            if (Stopwatch.GetElapsedTime(lastCommit) > CommitInterval)
            {
                store.Commit();
                lastCommit = Stopwatch.GetTimestamp();
            }

            double rate = done / Stopwatch.GetElapsedTime(started).TotalSeconds;
            string? detail = faults.Count > 0 ? $"{faults.Count} failed" : null;
            progress?.Report(new WorkProgress("extracting", present + i + 1, wanted.Length, "clips", rate, detail));
        }

        if (faults.Count > 0 && store.Count == 0)
        {
            throw new TaskGrainException(
                $"no clip of {target.Name} could be read; the first fault: {faults[0].Reason}"
            );
        }

        store.Commit();
        file?.End(folder, faults.Select(fault => fault.Id));
        return new ExtractionReport
        {
            Extracted = done,
            Present = present,
            Vectors = vectors,
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Faults = faults,
        };
    }

    /// <summary>Hash of decoded pixels, equal for identical clips.</summary>
    internal static string ContentHash(VideoFrames frames) =>
        Convert.ToHexStringLower(XxHash128.Hash(frames.Pixels.Span));
}
