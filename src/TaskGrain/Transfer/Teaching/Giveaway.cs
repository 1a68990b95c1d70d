using TaskGrain.Evaluation;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Courses;
using TaskGrain.Video;

namespace TaskGrain.Transfer.Teaching;

/// <summary>
/// How well the classes are told by something that has nothing to do with what happens in the clips.
/// </summary>
/// <param name="Name">What tells them.</param>
/// <param name="Accuracy">Share of held-out clips classified rightly.</param>
/// <param name="Interval">Its 95% Wilson interval.</param>
/// <param name="Suspicious">Whether it does nearly as well as the model.</param>
public sealed record Giveaway(string Name, double Accuracy, Interval Interval, bool Suspicious)
{
    /// <summary>An encoder with random weights: light, colours, who and where.</summary>
    public const string UntrainedEncoder = "an untrained encoder";

    /// <summary>The middle frame: what a photograph would tell.</summary>
    public const string OneFrame = "one frame alone";

    /// <summary>The clip's length and the size of its file.</summary>
    public const string LengthAndSize = "the clips' length and file size";

    /// <summary>
    /// From this share of what the model has over guessing, the clips may be told apart without what they show.
    /// </summary>
    private const double Nearly = 0.8;

    private const int ThumbnailWidth = 16;
    private const int ThumbnailHeight = 12;

    /// <summary>What is to be seen of a clip without what happens in it.</summary>
    /// <param name="frames">The clip.</param>
    /// <param name="features">Its features of the sources.</param>
    /// <param name="file">Its file.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>One sequence for each of <see cref="Ways"/>.</returns>
    internal static IReadOnlyList<FeatureSequence> Of(
        VideoFrames frames,
        IReadOnlyList<FeatureSequence> features,
        string file,
        TeachSources sources,
        CancellationToken cancel
    )
    {
        List<FeatureSequence> ways = [MiddleFrame(frames), LengthAndSizeOf(frames, file)];
        if (Picture(sources) is >= 0 and int picture)
        {
            FeatureSequence seen = features[picture];
            ways.Add(new FeatureSequence(seen[seen.Steps / 2].ToArray(), 1, seen.Dimension));
        }

        if (sources.Untrained is { } untrained)
        {
            ways.Add(untrained.Extract(FrameScaling.To(frames, untrained.Info.Frames), cancel));
        }

        return ways;
    }

    /// <summary>The names of what <see cref="Of"/> gives.</summary>
    internal static IReadOnlyList<string> Ways(TeachSources sources) =>
        [
            OneFrame,
            LengthAndSize,
            .. Picture(sources) >= 0 ? (string[])[OneFrame] : [],
            .. sources.Untrained is not null ? (string[])[UntrainedEncoder] : [],
        ];

    /// <summary>Measures them on the folds that the model is measured on.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="foldOf">The fold of each.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ways">Their names.</param>
    /// <param name="expected">The model's own accuracy on these folds.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The best of each name.</returns>
    internal static IReadOnlyList<Giveaway> Measure(
        IReadOnlyList<TeachClip> clips,
        IReadOnlyList<int> foldOf,
        int classes,
        IReadOnlyList<string> ways,
        double expected,
        int threads,
        CancellationToken cancel
    )
    {
        int[] labels = [.. clips.Select(clip => clip.Clip.Class)];
        var search = new CourseSearch(
            [.. ways.Select((_, way) => clips.Select(clip => clip.Giveaways[way]).ToArray())],
            labels,
            classes,
            threads
        );
        CourseCandidate[] candidates =
        [
            .. ways.SelectMany(
                (_, way) => ClassifierKinds.ForFewClips.Select(kind => new CourseCandidate([way], kind))
            ),
        ];
        double guessing = 1.0 / classes;
        double suspicious = guessing + (Nearly * Math.Max(0, expected - guessing));
        return
        [
            .. search
                .Measure([.. Enumerable.Range(0, clips.Count)], foldOf, candidates, cancel)
                .GroupBy(score => ways[score.Candidate.Sources[0]], StringComparer.Ordinal)
                .Select(group => (group.Key, group.Max(score => score.Accuracy)))
                .Select(best => new Giveaway(
                    best.Key,
                    best.Item2,
                    Interval.Wilson((int)Math.Round(best.Item2 * clips.Count), clips.Count),
                    best.Item2 >= suspicious && expected > guessing
                )),
        ];
    }

    private static int Picture(TeachSources sources) =>
        Enumerable
            .Range(0, sources.Sources.Count)
            .FirstOrDefault(i => sources.Sources[i].Info.Kind == FeatureSourceKind.FrameBackbone, -1);

    private static FeatureSequence MiddleFrame(VideoFrames frames)
    {
        var middle = new VideoFrames(
            frames.Format,
            frames.Pixels.Slice(frames.Count / 2 * frames.Format.BytesPerFrame, frames.Format.BytesPerFrame)
        );
        VideoFrames small = FrameScaling.To(
            middle,
            frames.Format with
            {
                Width = Math.Min(ThumbnailWidth, frames.Format.Width),
                Height = Math.Min(ThumbnailHeight, frames.Format.Height),
            }
        );
        float[] values = [.. small.Pixels.ToArray().Select(value => value / 255f)];
        return new FeatureSequence(values, 1, values.Length);
    }

    private static FeatureSequence LengthAndSizeOf(VideoFrames frames, string file)
    {
        double seconds = frames.Count / frames.Format.FramesPerSecond.Value;
        double bytes = Math.Max(1, File.Exists(file) ? new FileInfo(file).Length : 1);
        float[] values = [(float)Math.Log(seconds), (float)Math.Log(bytes), (float)Math.Log(bytes / seconds)];
        return new FeatureSequence(values, 1, values.Length);
    }
}
