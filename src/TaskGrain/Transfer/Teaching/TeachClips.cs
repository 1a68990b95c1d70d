using System.Diagnostics;
using System.Globalization;
using TaskGrain.Data;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;

namespace TaskGrain.Transfer.Teaching;

/// <summary>A clip that can be learned from.</summary>
/// <param name="Clip">Its file and class.</param>
/// <param name="Features">(T, D) of each source, all at one rate.</param>
/// <param name="Giveaways">(T, D) of each of <see cref="Giveaway"/>'s ways to tell classes that no lesson is
/// in.</param>
/// <param name="Seconds">Its length.</param>
internal sealed record TeachClip(
    ClassClip Clip,
    IReadOnlyList<FeatureSequence> Features,
    IReadOnlyList<FeatureSequence> Giveaways,
    double Seconds
);

/// <summary>Reads clips, each once, and extracts what every source sees in them.</summary>
internal static class TeachClips
{
    /// <summary>Reads all clips of a folder.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="folder">The clips.</param>
    /// <param name="options">What is too short.</param>
    /// <param name="problems">Receives what is wrong with clips.</param>
    /// <param name="progress">Told after every clip.</param>
    /// <param name="cancel">Stops between two clips.</param>
    /// <returns>Those that can be used.</returns>
    public static List<TeachClip> Extract(
        TeachSources sources,
        ClipFolder folder,
        TeachOptions options,
        List<ClipProblem> problems,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        ClassClip[] wanted = [.. folder.Clips, .. folder.TestClips];
        List<TeachClip> extracted = [];
        List<string> content = [];
        long started = Stopwatch.GetTimestamp();

        // Owns nothing: the sources are the caller's.
        var joined = new CombinedSource(sources.Sources, sources.Frames);
        using var ahead = new ReadAhead<VideoFrames>(
            i => VideoReader.Read(Path.Combine(folder.Folder, wanted[i].Path), sources.Frames, cancel),
            wanted.Length
        );
        for (int i = 0; i < wanted.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            ClassClip clip = wanted[i];
            try
            {
                VideoFrames frames = ahead.Next();
                double seconds = frames.Count / frames.Format.FramesPerSecond;
                if (seconds < options.ShortestSeconds)
                {
                    problems.Add(TooShort(clip, seconds, frames.Count, options));
                }
                else
                {
                    string file = Path.Combine(folder.Folder, clip.Path);
                    IReadOnlyList<FeatureSequence> features = joined.ExtractParts(frames, cancel);
                    extracted.Add(
                        new TeachClip(
                            clip,
                            features,
                            options.Giveaways ? Giveaway.Of(frames, features, file, sources, cancel) : [],
                            seconds
                        )
                    );
                    content.Add(FeatureExtraction.ContentHash(frames));
                    if (frames.Warning is { } warning)
                    {
                        problems.Add(new ClipProblem(clip.Path, warning, LeftOut: false));
                    }
                }
            }
            catch (TaskGrainException fault)
            {
                problems.Add(new ClipProblem(clip.Path, $"cannot be read, not used: {fault.Message}", LeftOut: true));
            }

            progress?.Report(
                new WorkProgress(
                    "extracting",
                    i + 1,
                    wanted.Length,
                    "clips",
                    (i + 1) / Stopwatch.GetElapsedTime(started).TotalSeconds
                )
            );
        }

        // Copies in another container or with other metadata differ as files and agree as pictures.
        (List<ClassClip> usable, List<ClipProblem> copies) = ClipFolder.WithoutCopies(
            [.. extracted.Select(entry => entry.Clip)],
            content,
            folder.Classes
        );
        problems.AddRange(copies);
        HashSet<ClassClip> kept = [.. usable];
        return extracted.FindAll(entry => kept.Contains(entry.Clip));
    }

    private static ClipProblem TooShort(ClassClip clip, double seconds, int frames, TeachOptions options) =>
        new(
            clip.Path,
            string.Create(
                CultureInfo.InvariantCulture,
                $"only {seconds:0.00} s long ({frames} frames); not used, a clip needs at least "
                    + $"{options.ShortestSeconds} s"
            ),
            LeftOut: true
        );
}
