using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// A packed frame store with the annotations of its clips, which <c>dataset.json</c> beside the frames holds: all
/// that training, evaluation and transfer need of a data set.
/// </summary>
public sealed class LabelledStore : IDisposable
{
    private readonly bool _ownsFrames;

    /// <summary>Pairs open frames with annotations.</summary>
    /// <param name="frames">The frames; the caller closes them.</param>
    /// <param name="dataSet">The annotations; those without frames are left out where they are used.</param>
    public LabelledStore(FrameStore frames, DataSet dataSet)
        : this(frames, dataSet, ownsFrames: false) { }

    private LabelledStore(FrameStore frames, DataSet dataSet, bool ownsFrames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(dataSet);
        Frames = frames;
        DataSet = dataSet;
        _ownsFrames = ownsFrames;
    }

    /// <summary>The frames.</summary>
    public FrameStore Frames { get; }

    /// <summary>The annotations.</summary>
    public DataSet DataSet { get; }

    /// <summary>The folder that both lie in.</summary>
    public string Folder => Frames.Folder;

    /// <summary>Whether a folder is a store with annotations.</summary>
    /// <param name="folder">The folder; it may be missing.</param>
    /// <returns>True when it holds annotations.</returns>
    public static bool Exists(string folder) => File.Exists(AnnotationsPath(folder));

    /// <summary>Opens a store.</summary>
    /// <param name="folder">A folder that <see cref="Pack"/> made, or <c>taskgrain synth --store</c>.</param>
    /// <returns>The store.</returns>
    /// <exception cref="TaskGrainException">There is no store, or a file of it is missing or damaged.</exception>
    public static LabelledStore Open(string folder)
    {
        FrameStore frames = FrameStore.Open(folder);
        try
        {
            return new LabelledStore(frames, ReadAnnotations(folder), ownsFrames: true);
        }
        catch
        {
            frames.Dispose();
            throw;
        }
    }

    /// <summary>Reads a store's annotations alone.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <returns>The annotations.</returns>
    /// <exception cref="TaskGrainException">There are none, or the file is damaged.</exception>
    public static DataSet ReadAnnotations(string folder) => DataSet.Load(AnnotationsPath(folder));

    /// <summary>Puts annotations beside a store's frames, in place of those that were there.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="dataSet">The annotations.</param>
    public static void WriteAnnotations(string folder, DataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        dataSet.Save(AnnotationsPath(folder));
    }

    /// <summary>
    /// Decodes every video of a data set into a store, once: what the store has is not decoded again. The annotations
    /// kept are those packed last; another data set than the one before is refused, also where ids are equal.
    /// </summary>
    /// <param name="dataSet">The data set, opened with its videos.</param>
    /// <param name="folder">The store's folder; made when missing.</param>
    /// <param name="options">Format, compression, threads.</param>
    /// <param name="progress">Told after every video, or null.</param>
    /// <param name="cancel">Stops the packing; what was finished is kept.</param>
    /// <returns>What was done and what failed.</returns>
    /// <exception cref="TaskGrainException">
    /// The store was packed from another data set, or the data set was opened without its videos; and as
    /// <see cref="VideoPacker"/> says.
    /// </exception>
    public static PackReport Pack(
        DataSet dataSet,
        string folder,
        PackOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    ) => PackPart(dataSet, folder, options, null, progress, cancel);

    /// <summary>As <see cref="Pack"/>, of one part of the data set's clips.</summary>
    internal static PackReport PackPart(
        DataSet dataSet,
        string folder,
        PackOptions options,
        StorePart? part,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        string[] whole = [.. dataSet.Annotations.Select(annotation => annotation.Id)];
        dataSet = PartOf(dataSet, part);
        var sources = PackedSources.Of(dataSet, options.Threads, progress, cancel);
        using FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(folder, options.Format, options.Compression);
        PartFile? file = PartFile.Begin(folder, part, whole, writer.Count > 0);
        var before = PackedSources.Load(folder);
        var match = StoreMatch.Compare(dataSet, folder, writer.Contains, before, sources);
        PackFailure[] refused = [.. match.Failures(dataSet)];
        dataSet = match.Without(dataSet);

        // Before the frames: whatever interrupts the packing, the store says what its clips are.
        before.With(sources, writer.Contains).Save(folder);
        WriteAnnotations(folder, dataSet);
        PackItem[] items =
        [
            .. dataSet.Annotations.Select(annotation => new PackItem(annotation.Id, dataSet.MediaPath(annotation))),
        ];
        PackReport report = VideoPacker.Run(items, refused, folder, writer, options.Threads, progress, cancel);
        file?.End(folder, report.Failures.Select(failure => failure.Id));
        return report;
    }

    /// <summary>The same frames with other annotations; they stay this store's to close.</summary>
    /// <param name="dataSet">The annotations.</param>
    /// <returns>The pair.</returns>
    public LabelledStore With(DataSet dataSet) => new(Frames, dataSet);

    /// <summary>Closes the frames, when this store opened them.</summary>
    public void Dispose()
    {
        if (_ownsFrames)
        {
            Frames.Dispose();
        }
    }

    /// <summary>This store in a model's taxonomy; see <see cref="ClassAlignment.Align"/>.</summary>
    internal LabelledStore Aligned(Taxonomy known, Split split) => With(ClassAlignment.Align(DataSet, known, split));

    /// <summary>The clips of a split that have a label and frames.</summary>
    /// <exception cref="TaskGrainException">There is none.</exception>
    internal LabelledClips Labelled(Split split) => LabelledClips.Find(DataSet, Frames, split);

    private static DataSet PartOf(DataSet data, StorePart? part) =>
        part is { } one
            ? new DataSet(
                data.Name,
                data.Taxonomy,
                one.Take(data.Annotations),
                data.Problems,
                data.LeftOut,
                data.Folder
            )
            : data;

    private static string AnnotationsPath(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Path.Combine(folder, DataSetFile.UsualName);
    }
}
