using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Video;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Features of a <see cref="TwoChannelEncoder"/>, trained or not: the vectors after its last linear layer and ReLU,
/// before the average over time. Frames are cut from the middle and scaled as in the model's evaluation; the windows
/// have the length it was trained on (<see cref="WindowPlan"/>).
/// </summary>
/// <remarks>
/// An encoder that reads every second frame gives 6 vectors for a second of 12 frames; they are interpolated to the
/// wanted rate (<see cref="FeatureResampling"/>). Windows go through the network one by one, so that a clip's vectors
/// cannot depend on which clips share a batch with it. Several threads may extract; one computes at a time.
/// </remarks>
internal sealed class EncoderFeatureSource : IEncoderSource
{
    private readonly InferenceSession _session;
    private readonly FeatureOptions _options;

    private EncoderFeatureSource(
        TwoChannelEncoder encoder,
        Precision precision,
        Preprocessing preprocessing,
        FeatureOptions options,
        FeatureSourceKind kind,
        string what
    )
    {
        options.Validate();
        _options = options;
        _session = new InferenceSession(encoder, precision, preprocessing);
        string computes = $"{_session.Type} on {_session.Device.type}".ToLowerInvariant();
        Info = new FeatureSourceInfo
        {
            Kind = kind,
            Description = $"{encoder.Options.Architecture}, {what}, {Windows(preprocessing, options)}, {computes}",
            Identity = SourceIdentity.Of(
                encoder.state_dict(),
                FormattableString.Invariant($"{encoder.Options} {preprocessing} {options} {computes}")
            ),
            Checksum = SourceIdentity.Of(
                encoder.state_dict(),
                FormattableString.Invariant($"{encoder.Options} {preprocessing} {options}")
            ),
            Dimension = encoder.Options.FeatureSize,
            VectorsPerSecond = options.VectorsPerSecond,
            Frames = options.FramesOf(preprocessing),
        };
    }

    /// <inheritdoc/>
    public FeatureSourceInfo Info { get; }

    /// <inheritdoc/>
    public InferenceSession Session => _session;

    /// <inheritdoc/>
    public FeatureOptions Options => _options;

    /// <summary>Features of a model.</summary>
    /// <param name="model">
    /// The model; its encoder is copied, so the source does not follow its further training.
    /// </param>
    /// <param name="options">Rate and windows; null for the defaults.</param>
    /// <returns>The source.</returns>
    public static EncoderFeatureSource Of(VideoModel model, FeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new EncoderFeatureSource(
            model.Encoder,
            model.Encoder.Compute,
            model.Description.Preprocessing,
            options ?? new FeatureOptions(),
            FeatureSourceKind.Encoder,
            $"trained on {model.Description.Granularity.Name()}"
        );
    }

    /// <summary>Features of a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="precision">Number format of the heavy layers.</param>
    /// <param name="options">Rate and windows; null for the defaults.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TaskGrainException">The file cannot be read as a model.</exception>
    public static EncoderFeatureSource Load(
        string path,
        Device device,
        Precision precision,
        FeatureOptions? options = null
    )
    {
        using VideoModel model = ModelFile.Load(path, device, precision);
        return Of(model, options);
    }

    /// <summary>Features of an untrained encoder: random weights, the batch statistics it starts with.</summary>
    /// <param name="encoder">Its sizes.</param>
    /// <param name="preprocessing">How videos are brought into its form.</param>
    /// <param name="seed">Draws the weights.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="options">Rate and windows; null for the defaults.</param>
    /// <returns>
    /// The source. It computes in float32: without training, what differs between clips is small beside the layers'
    /// constant parts, and bfloat16 would round it away.
    /// </returns>
    public static EncoderFeatureSource Untrained(
        EncoderOptions encoder,
        Preprocessing preprocessing,
        ulong seed,
        Device device,
        FeatureOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(preprocessing);
        using var network = new TwoChannelEncoder(encoder, new SeededRandom(seed));
        network.to(device);
        return new EncoderFeatureSource(
            network,
            Precision.Float32,
            preprocessing,
            options ?? new FeatureOptions(),
            FeatureSourceKind.RandomEncoder,
            $"untrained, seed {seed}"
        );
    }

    private static string Windows(Preprocessing preprocessing, FeatureOptions options) =>
        options.WholeClip
            ? $"{preprocessing.Clip.Frames} frames spread over the clip"
            : $"windows of {preprocessing.Clip.Frames} frames (stride {preprocessing.Clip.FrameStride})";

    /// <inheritdoc/>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default) =>
        _session.Extract(frames, _options, cancel);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
