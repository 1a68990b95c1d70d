using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies;

/// <summary>Real clips with their features, divided into those to draw shots from and those to test on.</summary>
internal sealed class RealClips : IDisposable
{
    private RealClips(TeachSources sources) => Sources = sources;

    /// <summary>What the clips were seen by.</summary>
    public TeachSources Sources { get; }

    /// <summary>The clips that could be read.</summary>
    public required IReadOnlyList<TeachClip> Clips { get; init; }

    /// <summary>Different groups; null where nothing is known of them.</summary>
    public required int? Groups { get; init; }

    /// <summary>How clips are held out, in words.</summary>
    public required string Split { get; init; }

    /// <summary>Draws shots.</summary>
    public required RealDraws Draws { get; init; }

    /// <summary>The clips that could not be read.</summary>
    public required IReadOnlyList<ClipProblem> Problems { get; init; }

    /// <summary>Reads clips.</summary>
    /// <param name="model">The model with the encoder.</param>
    /// <param name="folder">The clips.</param>
    /// <param name="options">Groups, how to hold out, and what sees the clips.</param>
    /// <param name="progress">Told after every clip; null for nobody.</param>
    /// <param name="cancel">Stops between two clips.</param>
    /// <returns>The clips.</returns>
    /// <exception cref="TaskGrainException">
    /// Too few can be read, some have no group, or nothing can be held out.
    /// </exception>
    public static RealClips Open(
        VideoModel model,
        ClipFolder folder,
        RealOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        List<ClipProblem> problems = [.. folder.Problems];
        var sources = TeachSources.Open(model, options.Teaching);
        try
        {
            List<TeachClip> clips = TeachClips.Extract(sources, folder, options.Teaching, problems, progress, cancel);
            ClipFolder.RequireEnough(folder.Folder, folder.Classes, [.. clips.Select(clip => clip.Clip)], problems);
            IReadOnlyList<string>? groups = options.Groups?.Of([.. clips.Select(clip => clip.Clip.Path)]);
            (IReadOnlyList<RealSplit> splits, string what) = RealSplit.Of(clips, folder.TestClips, groups, options);
            return new RealClips(sources)
            {
                Clips = clips,
                Groups = groups?.Distinct(StringComparer.Ordinal).Count(),
                Split = what,
                Draws = new RealDraws(clips, groups, splits, options.Teaching),
                Problems = problems,
            };
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of the networks that saw the clips.</summary>
    public void Dispose() => Sources.Dispose();
}
