using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>The features that a taught head reads where it names its sources, opened again.</summary>
internal sealed class TaughtFeatures : IDisposable
{
    private readonly Lock _oneAtATime = new();
    private readonly IFeatureSource _source;

    private TaughtFeatures(IFeatureSource source, IReadOnlyList<(string, IFeatureSource)> parts) =>
        (_source, Parts) = (source, parts);

    /// <summary>
    /// The sources in the order of their vectors, by name; <c>encoder</c> is that in the model's own file, and
    /// <c>@clip</c> stands behind an encoder that sees a clip as one window.
    /// </summary>
    public IReadOnlyList<(string Name, IFeatureSource Source)> Parts { get; }

    /// <summary>Size and rate of the frames it reads.</summary>
    public FrameFormat Frames => _source.Info.Frames;

    /// <summary>D, the length of a vector.</summary>
    public int Dimension => _source.Info.Dimension;

    /// <summary>Opens a head's sources.</summary>
    /// <param name="head">The head; null sources are the encoder's alone.</param>
    /// <param name="session">The session that has the head's own encoder.</param>
    /// <param name="precision">Number format of other networks.</param>
    /// <returns>The features; null where they are the encoder's alone.</returns>
    /// <exception cref="TaskGrainException">A source is missing, or is another than the head was taught on.</exception>
    public static TaughtFeatures? Open(TaughtHead head, InferenceSession session, Precision precision)
    {
        if (head.Sources is not { } sources)
        {
            return null;
        }

        List<IFeatureSource> opened = [];
        try
        {
            foreach (TaughtSource source in sources)
            {
                opened.Add(
                    source.IsOwnEncoder
                        ? new OwnEncoder(session, Options(source, head))
                        : OpenNamed(source, head, session.Device, precision)
                );
            }

            return new TaughtFeatures(
                new CombinedSource(opened, head.Frames),
                [.. sources.Zip(opened, (source, part) => (NameOf(source), part))]
            );
        }
        catch
        {
            opened.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>A video's features.</summary>
    /// <param name="frames">In the format of <see cref="Frames"/>.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>(T, D).</returns>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel)
    {
        lock (_oneAtATime)
        {
            return _source.Extract(frames, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static string NameOf(TaughtSource source)
    {
        string name = source.IsOwnEncoder ? "encoder" : Path.GetFileNameWithoutExtension(source.Name);
        return source.WholeClip ? $"{name}@clip" : name;
    }

    private static FeatureOptions Options(TaughtSource source, TaughtHead head) =>
        new()
        {
            VectorsPerSecond = source.VectorsPerSecond,
            Overlap = head.Overlap,
            WholeClip = source.WholeClip,
        };

    private static IFeatureSource OpenNamed(TaughtSource wanted, TaughtHead head, Device device, Precision precision)
    {
        if (!FeatureSources.Exists(wanted.Name))
        {
            throw new TaskGrainException(
                $"The model was taught on features of '{wanted.Name}' ({wanted.Kind}), which is not here; put that "
                    + "file beside the model. The sources that need none are "
                    + $"{string.Join(", ", FeatureSources.Names)}."
            );
        }

        IFeatureSource source = FeatureSources.OpenOne(wanted.Name, device, precision, Options(wanted, head));
        FeatureSourceInfo info = source.Info;
        if (info.Checksum == wanted.Checksum && info.Dimension == wanted.Dimension)
        {
            return source;
        }

        source.Dispose();
        throw new TaskGrainException(
            $"The model was taught on features of '{wanted.Name}' with the checksum {wanted.Checksum} and "
                + $"{wanted.Dimension} numbers; the one here has {info.Checksum} and {info.Dimension}. Its weights or "
                + "their description have changed: give the one it was taught on, or teach the model again."
        );
    }

    /// <summary>The encoder in the model's own file.</summary>
    private sealed class OwnEncoder(InferenceSession session, FeatureOptions options) : IEncoderSource
    {
        public InferenceSession Session => session;

        public FeatureOptions Options => options;

        public FeatureSourceInfo Info { get; } =
            new()
            {
                Kind = FeatureSourceKind.Encoder,
                Description = "the model's encoder",
                Identity = "",
                Dimension = session.FeatureSize,
                VectorsPerSecond = options.VectorsPerSecond,
                Frames = options.FramesOf(session.Preprocessing),
            };

        public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default) =>
            session.Extract(frames, options, cancel);

        // The session owns the encoder.
        public void Dispose() { }
    }
}
