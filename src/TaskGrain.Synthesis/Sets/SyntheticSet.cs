using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>
/// Writes sets of generated clips: into a frame store for training, or into a folder in the official layout.
/// </summary>
public static class SyntheticSet
{
    /// <summary>
    /// Renders clips straight into a frame store, without video files. Clips that the store has are skipped, so a run
    /// that was killed goes on where it stopped, and a set grows.
    /// </summary>
    /// <param name="options">Which clips.</param>
    /// <param name="folder">The store's folder; made when missing.</param>
    /// <param name="format">Size and rate of the frames; null for the paper's 128×128 at 12 a second.</param>
    /// <param name="compression">How frames are kept; null for raw frames.</param>
    /// <param name="progress">Told after every few clips.</param>
    /// <param name="cancellation">Stops between clips; what is finished stays.</param>
    /// <returns>
    /// The data set, also written as <c>dataset.json</c> into the store. Clips of the test split are labelled in it.
    /// </returns>
    /// <exception cref="TaskGrainException">The options are faulty, or the folder holds another set.</exception>
    public static DataSet WriteStore(
        SynthesisOptions options,
        string folder,
        FrameFormat? format = null,
        FrameCompression? compression = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    ) => WritePart(options, folder, format, compression, null, progress, cancellation);

    /// <summary>As <see cref="WriteStore"/>, of one part of the clips; null for all of them.</summary>
    internal static DataSet WritePart(
        SynthesisOptions options,
        string folder,
        FrameFormat? format,
        FrameCompression? compression,
        StorePart? part,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        var generator = new WorldGenerator(options);
        int[] places = (part ?? new StorePart(1, 1)).PlacesIn(generator.Count);
        var made = new Annotation?[places.Length];
        FrameFormat frames = format ?? FrameFormat.Paper;
        Recipe.Check(folder, options, holdsClips: LabelledStore.Exists(folder));
        PartFile? file;
        using (var writer = FrameStoreWriter.OpenOrCreate(folder, frames, compression ?? FrameCompression.Raw))
        {
            string[] whole = [.. Enumerable.Range(0, generator.Count).Select(WorldGenerator.IdOf)];
            file = PartFile.Begin(folder, part, whole, writer.Count > 0);
            Recipe.Write(folder, options);
            var work = new ClipWork<EncodedClip>("rendering", places.Length, options.Threads, progress, cancellation)
            {
                IsDone = at => writer.Contains(WorldGenerator.IdOf(places[at])),
                Make = at =>
                {
                    SyntheticClip clip = generator.Clip(places[at]);
                    made[at] = clip.Annotation;
                    return writer.Encode(clip.Annotation.Id, clip.Render(frames));
                },
                Keep = (_, clip) => writer.Append(clip),
                Commit = writer.Commit,
            };
            work.Run();
        }

        DataSet data = Annotate(generator, places, made, options, folder, media: false, cancellation);
        LabelledStore.WriteAnnotations(folder, data);
        file?.End(folder, []);
        return data;
    }

    /// <summary>
    /// Writes clips as Something-Something V2 does: <c>&lt;id&gt;.webm</c> (VP9, 240 lines, 12 frames a second), the
    /// annotation files, and a
    /// <c>ground-truth/&lt;id&gt;.json</c> a clip. Clips whose video is there are skipped.
    /// </summary>
    /// <param name="options">Which clips.</param>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="progress">Told after every few clips.</param>
    /// <param name="cancellation">Stops between clips; what is finished stays.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="TaskGrainException">
    /// The options are faulty, the folder holds another set, or the ffmpeg program is missing or fails.
    /// </exception>
    public static DataSet WriteFolder(
        SynthesisOptions options,
        string folder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    ) => WriteFolderPart(options, folder, null, progress, cancellation);

    /// <summary>As <see cref="WriteFolder"/>, of one part of the clips; null for all of them.</summary>
    internal static DataSet WriteFolderPart(
        SynthesisOptions options,
        string folder,
        StorePart? part,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        var generator = new WorldGenerator(options);
        string[] whole = [.. Enumerable.Range(0, generator.Count).Select(WorldGenerator.IdOf)];
        int[] places = (part ?? new StorePart(1, 1)).PlacesIn(generator.Count);
        bool holdsClips = whole.Any(id => File.Exists(OfficialLayout.VideoPath(folder, id)));
        Recipe.Check(folder, options, holdsClips);
        using FolderLock own = FolderLock.Take(folder, "set of generated clips");
        var file = PartFile.Begin(folder, part, whole, holdsClips);
        string truth = Path.Combine(folder, OfficialLayout.TruthFolder);
        Directory.CreateDirectory(truth);
        AtomicFile.DeleteLeftovers(truth);
        Recipe.Write(folder, options);
        var made = new Annotation?[places.Length];
        var work = new ClipWork<bool>("encoding", places.Length, options.Threads, progress, cancellation)
        {
            IsDone = at => File.Exists(OfficialLayout.VideoPath(folder, whole[places[at]])),
            Make = at =>
            {
                SyntheticClip clip = generator.Clip(places[at]);
                made[at] = clip.Annotation;
                OfficialLayout.WriteTruth(folder, clip.Truth());
                // The video comes last: where it is, the clip is complete.
                WebmEncoder.Write(
                    OfficialLayout.VideoPath(folder, clip.Annotation.Id),
                    clip.Render(clip.Format),
                    cancellation
                );
                return true;
            },
        };
        work.Run();
        DataSet data = Annotate(generator, places, made, options, folder, media: true, cancellation);
        OfficialLayout.WriteAnnotations(folder, data, WorldGenerator.TaxonomyOf(options.World));
        file?.End(folder, [], [.. places.Select(place => VideoSetMerge.HashOf(folder, whole[place]))]);
        return data;
    }

    /// <summary>The annotations of clips that <see cref="WorldGenerator"/> makes, without their frames.</summary>
    /// <param name="options">Which clips.</param>
    /// <param name="name">The data set's name.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The data set.</returns>
    internal static DataSet Annotations(SynthesisOptions options, string name, CancellationToken cancellation)
    {
        var generator = new WorldGenerator(options);
        int[] all = [.. Enumerable.Range(0, generator.Count)];
        return Annotate(generator, all, new Annotation?[all.Length], options, name, media: false, cancellation);
    }

    /// <summary>The data set of some clips; those that were just made need not be made again.</summary>
    private static DataSet Annotate(
        WorldGenerator generator,
        int[] places,
        Annotation?[] made,
        SynthesisOptions options,
        string folder,
        bool media,
        CancellationToken cancellation
    )
    {
        var annotations = new Annotation[places.Length];
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = ClipWork.ThreadsOf(options.Threads),
        };
        Parallel.For(
            0,
            annotations.Length,
            parallel,
            at =>
            {
                Annotation annotation = made[at] ?? generator.Annotate(places[at]);
                annotations[at] = media ? annotation : annotation with { Media = null };
            }
        );
        string full = Path.GetFullPath(folder);
        return new DataSet(
            Path.GetFileName(full),
            generator.Taxonomy,
            [.. annotations.OrderBy(annotation => annotation.Split)],
            folder: media ? full : null
        );
    }
}
