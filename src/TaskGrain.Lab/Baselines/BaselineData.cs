using System.Globalization;
using System.IO.Hashing;
using System.Text;
using TaskGrain.Data;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Transfer;
using TaskGrain.Video;

namespace TaskGrain.Lab.Baselines;

/// <summary>The clips of a comparison: generated ones, a data set's, or those of a frame store.</summary>
internal sealed class BaselineData : IDisposable
{
    private const int HashedClips = 8;

    private readonly BaselineStudyOptions _options;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly Func<FrameFormat, CancellationToken, string> _store;

    private BaselineData(
        BaselineStudyOptions options,
        IProgress<WorkProgress>? progress,
        DataSet annotations,
        TransferTarget target,
        Func<FrameFormat, CancellationToken, string> store
    )
    {
        _options = options;
        _progress = progress;
        _store = store;
        Annotations = annotations;
        Target = target;
    }

    /// <summary>Labels and captions.</summary>
    public DataSet Annotations { get; }

    /// <summary>The clips as sources of features read them.</summary>
    public TransferTarget Target { get; }

    /// <summary>Opens the clips.</summary>
    /// <param name="options">Which.</param>
    /// <param name="progress">Told how far long work is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="TaskGrainException">The data set cannot be read.</exception>
    public static BaselineData Open(
        BaselineStudyOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Data is not { } folder)
        {
            return Generated(options, progress, cancel);
        }

        if (LabelledStore.Exists(folder))
        {
            DataSet annotations = LabelledStore.ReadAnnotations(folder);
            return new BaselineData(options, progress, annotations, TransferTarget.Open(folder), (_, _) => folder);
        }

        DataSet data = DataSet.Open(folder);
        string Pack(FrameFormat format, CancellationToken stop)
        {
            string store = StoreFolder(options, format);
            LabelledStore.Pack(data, store, new PackOptions { Format = format }, progress, stop);
            return store;
        }

        return new BaselineData(options, progress, data, TransferTarget.Open(folder), Pack);
    }

    /// <summary>The clips packed in the format of a model; packed now when they are not.</summary>
    /// <param name="format">Size and rate.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The store's folder. One that was given is as it is, whatever its format.</returns>
    public string Store(FrameFormat format, CancellationToken cancel) => _store(format, cancel);

    /// <summary>
    /// A hash of the clips: of every label, and of the frames of a few clips, which another version of a generator or
    /// other videos under the same names would change.
    /// </summary>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="TaskGrainException">A clip cannot be read.</exception>
    public string Hash(CancellationToken cancel)
    {
        var hash = new XxHash3();
        foreach (Annotation annotation in Annotations.Annotations.OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            hash.Append(
                Encoding.UTF8.GetBytes(
                    $"{annotation.Id}\n{annotation.Split} {annotation.Category}\n{annotation.Label}\n"
                )
            );
        }

        FrameFormat format = Target.StoredFormat ?? FrameFormat.Paper;
        for (int i = 0; i < HashedClips; i++)
        {
            VideoFrames frames = Target.Read(i * Target.Clips.Count / HashedClips, format, cancel);
            hash.Append(frames.Pixels.Span);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The folder in which our own encoders are trained on these clips.</summary>
    /// <param name="notes">Told what was finished.</param>
    /// <param name="cancel">Stops the work.</param>
    public StudyWorkspace Workspace(IProgress<string>? notes, CancellationToken cancel) =>
        new(
            _options.Data is null
                ? _options.Study
                : _options.Study with
                {
                    Store = Store(RunPresets.Frames(_options.Study.Preset), cancel),
                },
            _progress,
            notes
        );

    /// <summary>Closes what the clips are read from.</summary>
    public void Dispose() => Target.Dispose();

    private static BaselineData Generated(
        BaselineStudyOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        var workspace = new StudyWorkspace(options.Study, progress);
        SynthesisOptions clips = workspace.SourceClips;
        var generator = new WorldGenerator(clips);
        VideoFrames Render(Annotation annotation, FrameFormat format) =>
            generator.Clip(WorldGenerator.IndexOf(annotation.Id)).Render(format);
        string Write(FrameFormat format, CancellationToken stop)
        {
            if (format == RunPresets.Frames(options.Study.Preset))
            {
                return workspace.SourceStore(stop);
            }

            string store = StoreFolder(options, format);
            SyntheticSet.WriteStore(clips, store, format, compression: null, progress, stop);
            return store;
        }

        DataSet annotations = SyntheticSet.Annotations(clips, "something", cancel);
        return new BaselineData(options, progress, annotations, TransferTarget.Of(annotations, Render), Write);
    }

    private static string StoreFolder(BaselineStudyOptions options, FrameFormat format) =>
        Path.Combine(
            options.Study.Folder,
            string.Create(
                CultureInfo.InvariantCulture,
                $"frames-{format.Width}x{format.Height}-{format.FramesPerSecond.Value:0.###}"
            )
        );
}
