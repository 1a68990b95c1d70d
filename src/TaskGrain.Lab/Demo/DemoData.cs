using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Lab.Demo;

/// <summary>A video file of the demo.</summary>
/// <param name="File">The file.</param>
/// <param name="Truth">The category it shows; null for a file of the user's.</param>
/// <param name="TrueCaption">What was written about it; null likewise.</param>
internal sealed record DemoClip(string File, string? Truth, string? TrueCaption);

/// <summary>The generated clips of the demo.</summary>
internal static class DemoData
{
    /// <summary>
    /// The shipped model was trained on clips of seed 1; none of the demo's is one of those, whatever its own seed.
    /// </summary>
    private const ulong SeedsApart = 0x0DE0_0000_0000;

    private const int VideoFiles = 4;
    private const double ValidationShare = 2.0 / 30;
    private const double TestShare = 6.0 / 30;

    /// <summary>Some test clips of different categories, as video files; what is there stays.</summary>
    /// <param name="options">The demo's choices.</param>
    /// <param name="folder">Where it keeps them.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The files, the user's own last.</returns>
    public static IReadOnlyList<DemoClip> Shown(DemoOptions options, DemoFolder folder, CancellationToken cancel)
    {
        SynthesisOptions synthesis = Synthesis(options);
        var generator = new WorldGenerator(synthesis);
        SyntheticClip[] chosen =
        [
            .. Enumerable
                .Range(0, options.Clips)
                .Select(generator.Clip)
                .Where(clip => clip.Annotation.Split == Split.Test)
                .DistinctBy(clip => clip.Template)
                .Take(VideoFiles),
        ];
        Directory.CreateDirectory(folder.Clips);
        var work = new ClipWork<bool>("drawing clips", chosen.Length, synthesis.Threads, progress: null, cancel)
        {
            IsDone = i => File.Exists(FileOf(chosen[i])),
            Make = i =>
            {
                WebmEncoder.Write(FileOf(chosen[i]), chosen[i].Render(chosen[i].Format), cancel);
                return true;
            },
        };
        work.Run();
        List<DemoClip> clips =
        [
            .. chosen.Select(clip => new DemoClip(
                FileOf(clip),
                clip.Template,
                string.Join(' ', CaptionWords.Split(clip.Annotation.Label!))
            )),
        ];
        if (options.Clip is { } own)
        {
            clips.Add(new DemoClip(own, Truth: null, TrueCaption: null));
        }

        return clips;

        string FileOf(SyntheticClip clip) => Path.Combine(folder.Clips, $"{clip.Annotation.Id}.webm");
    }

    /// <summary>Draws the clips of the twelve categories into the demo's store; those that are there stay.</summary>
    /// <param name="options">The demo's choices.</param>
    /// <param name="folder">Where it keeps them.</param>
    /// <param name="frames">Size and rate of the frames.</param>
    /// <param name="progress">Told after every few clips.</param>
    /// <param name="cancel">Stops between clips.</param>
    public static void Store(
        DemoOptions options,
        DemoFolder folder,
        FrameFormat frames,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    ) => SyntheticSet.WriteStore(Synthesis(options), folder.Store, frames, compression: null, progress, cancel);

    /// <summary>
    /// Draws a few clips of each class of the kitchen as video files, in folders as a person would keep them:
    /// <c>train</c> and <c>test</c>, and a folder a class in each.
    /// </summary>
    /// <param name="options">The demo's choices.</param>
    /// <param name="folder">Where it keeps them.</param>
    /// <param name="progress">Told after every few clips.</param>
    /// <param name="cancel">Stops between clips.</param>
    public static void Kitchen(
        DemoOptions options,
        DemoFolder folder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        int classes = DemoWorld.Kitchen.Count;
        var synthesis = new SynthesisOptions
        {
            World = SyntheticWorld.Kitchenware,
            Clips = classes * 2 * options.KitchenClips,
            Seed = SeedsApart + options.Seed,
            Categories = DemoWorld.Kitchen,
            Threads = options.Machine.Threads,
        };
        var generator = new WorldGenerator(synthesis);

        // Clips come in rounds of one of each class.
        SyntheticClip[] clips = [.. Enumerable.Range(0, synthesis.Clips).Select(generator.Clip)];
        string[] files =
        [
            .. clips.Select(
                (clip, i) =>
                    Path.Combine(
                        folder.Kitchen,
                        i / classes < options.KitchenClips ? "train" : "test",
                        clip.Template,
                        $"{clip.Annotation.Id}.webm"
                    )
            ),
        ];
        var work = new ClipWork<bool>("drawing a kitchen", clips.Length, synthesis.Threads, progress, cancel)
        {
            IsDone = i => File.Exists(files[i]),
            Make = i =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(files[i])!);

                // In half the size: the models look at less still, and drawing and encoding take a quarter of the time.
                FrameFormat full = clips[i].Format;
                var half = new FrameFormat(full.Width / 4 * 2, full.Height / 4 * 2, SyntheticClip.FramesPerSecond);
                WebmEncoder.Write(files[i], clips[i].Render(half), cancel);
                return true;
            },
        };
        work.Run();
    }

    private static SynthesisOptions Synthesis(DemoOptions options) =>
        new()
        {
            Clips = options.Clips,
            Seed = SeedsApart + options.Seed,
            Categories = DemoWorld.Categories,
            Objects = DemoWorld.Objects,
            ValidationShare = ValidationShare,
            TestShare = TestShare,
            Threads = options.Machine.Threads,
        };
}
