using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Training;

namespace TaskGrain.Lab.Demo;

/// <summary>A generated video file.</summary>
/// <param name="File">The file.</param>
/// <param name="Truth">The category it shows.</param>
internal sealed record DemoClip(string File, string Truth);

/// <summary>The generated clips of the demo.</summary>
internal static class DemoData
{
    private const int VideoFiles = 3;
    private const double ValidationShare = 4.0 / 30;
    private const double TestShare = 7.0 / 30;

    /// <summary>
    /// Generates clips into the demo's store, and some test clips as video files; what is there stays.
    /// </summary>
    public static IReadOnlyList<DemoClip> Make(
        DemoOptions options,
        DemoFolder folder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        var synthesis = new SynthesisOptions
        {
            Clips = options.Clips,
            Seed = options.Seed,
            Categories = DemoCategories.All,
            ValidationShare = ValidationShare,
            TestShare = TestShare,
            Threads = options.Machine.Threads,
        };
        DataSet data = SyntheticSet.WriteStore(
            synthesis,
            folder.Store,
            RunPresets.Frames(options.Preset),
            compression: null,
            progress,
            cancel
        );
        var generator = new WorldGenerator(synthesis);
        var clips = new List<DemoClip>();
        foreach (Annotation annotation in data.Of(Split.Test).Take(VideoFiles))
        {
            SyntheticClip clip = generator.Clip(int.Parse(annotation.Id) - 1);
            string file = Path.Combine(folder.Clips, $"{annotation.Id}.webm");
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(folder.Clips);
                WebmEncoder.Write(file, clip.Render(clip.Format), cancel);
            }

            clips.Add(new DemoClip(file, clip.Template));
        }

        return clips;
    }
}
