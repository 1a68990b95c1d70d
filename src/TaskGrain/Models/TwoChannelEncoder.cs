using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>
/// The paper's video encoder (Section 4.1, Figures 1 and 2): a 3D-convolutional and a 2D-convolutional channel over
/// the same frames, a bidirectional LSTM over their concatenated features (2D first), and a linear layer.
/// </summary>
internal sealed class TwoChannelEncoder : Module<Tensor, Tensor>
{
    private readonly ConvolutionChannel? channel2d;
    private readonly ConvolutionChannel? channel3d;
    private readonly LSTM lstm;
    private readonly Linear projection;

    /// <summary>Makes an encoder with random weights, float32, on the CPU.</summary>
    /// <param name="options">Its sizes.</param>
    /// <param name="random">Draws the weights; null for a fixed seed.</param>
    /// <exception cref="TaskGrainException">The sizes cannot be built; lists all faults.</exception>
    public TwoChannelEncoder(EncoderOptions options, SeededRandom? random = null)
        : this(random ?? new SeededRandom(Initialisation.DefaultSeed), options) { }

    private TwoChannelEncoder(SeededRandom? random, EncoderOptions options)
        : base(NativeLibraries.LoadedFor(nameof(TwoChannelEncoder)))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        EncoderArchitecture architecture = options.Architecture;
        if (architecture.Features2D > 0)
        {
            channel2d = new ConvolutionChannel(architecture.Features2D, 1, options.FinalPool, random?.Derive(2));
        }

        if (architecture.Features3D > 0)
        {
            channel3d = new ConvolutionChannel(architecture.Features3D, 3, options.FinalPool, random?.Derive(3));
        }

        lstm = LSTM(
            architecture.Features,
            options.LstmHidden,
            options.LstmLayers,
            batchFirst: true,
            bidirectional: true
        );
        projection = Linear(2 * options.LstmHidden, options.FeatureSize);
        RegisterComponents();
        Initialisation.Lstm(lstm, options.LstmHidden, random?.Derive(4));
        Initialisation.Linear(projection, random?.Derive(5));
    }

    /// <summary>The encoder's sizes.</summary>
    public EncoderOptions Options { get; }

    /// <summary>
    /// Format in which the convolutions compute. Weights, batch-norm statistics and results are float32 in every mode.
    /// </summary>
    public Precision Compute { get; set; } = Precision.Auto;

    /// <summary>An encoder whose weights are not drawn, for a file to fill.</summary>
    internal static TwoChannelEncoder Unfilled(EncoderOptions options) => new(random: null, options);

    /// <summary>Encodes clips: one feature vector a frame.</summary>
    /// <param name="input">
    /// (N, 3, T, H, W), float32 or bfloat16, any T of at least 1; H and W as <see cref="EncoderOptions"/> allows.
    /// A channels-last batch (<see cref="PixelTensor"/>) is read as it is, another is copied into that layout.
    /// </param>
    /// <returns>(N, T, FeatureSize), float32.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames' size does not fit the encoder; the message says what would.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return FromMaps(Maps(input)).MoveToOuterDisposeScope();
    }

    /// <summary>The convolutional part: what <see cref="forward"/> does first.</summary>
    /// <param name="clips">As for <see cref="forward"/>.</param>
    /// <returns>The last map of each channel, before the final pooling.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames' size does not fit the encoder; the message says what would.
    /// </exception>
    public ChannelMaps Maps(Tensor clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        Options.CheckClips(clips.shape);
        using var scope = NewDisposeScope();
        Tensor input = ChannelsLast.Make(clips.to_type(Compute.TypeOn(clips.device)));
        return new ChannelMaps(
            channel2d?.call(input).MoveToOuterDisposeScope(),
            channel3d?.call(input).MoveToOuterDisposeScope()
        );
    }

    /// <summary>The temporal part: what <see cref="forward"/> does with the maps.</summary>
    /// <param name="maps">What <see cref="Maps"/> gives.</param>
    /// <returns>(N, T, FeatureSize), float32.</returns>
    public Tensor FromMaps(ChannelMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        using var scope = NewDisposeScope();
        var features = new List<Tensor>(2);
        if (channel2d is not null)
        {
            features.Add(channel2d.Pool(maps.Map2D!));
        }

        if (channel3d is not null)
        {
            features.Add(channel3d.Pool(maps.Map3D!));
        }

        (Tensor sequence, _, _) = lstm.call(cat(features, -1));
        Tensor projected = functional.relu(projection.call(sequence), inplace: true);
        return functional.dropout(projected, Options.Dropout, training).MoveToOuterDisposeScope();
    }

    /// <summary>Copies for inference of everything the encoder has learned.</summary>
    /// <param name="type">Compute format.</param>
    internal (FoldedConvolution[]? Channel2D, FoldedConvolution[]? Channel3D, SequenceReader Reader) Fold(
        ScalarType type
    ) => (channel2d?.Fold(type), channel3d?.Fold(type), new SequenceReader(lstm, projection, Options, type));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            channel2d?.Dispose();
            channel3d?.Dispose();
            lstm.Dispose();
            projection.Dispose();
        }

        base.Dispose(disposing);
    }
}
