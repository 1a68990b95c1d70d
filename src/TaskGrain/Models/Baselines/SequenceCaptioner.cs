using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models.Baselines;

/// <summary>
/// The paper's captioning baseline (Table 4): an LSTM over the features of frames in the place of the two-channel
/// encoder, and the caption decoder on its states.
/// </summary>
internal sealed class SequenceCaptioner : Module<Tensor, Tensor, Tensor>
{
    private readonly double _dropout;
    private readonly LSTM lstm;
    private readonly CaptionDecoder decoder;

    /// <summary>Makes a captioner with random weights (PyTorch's default distributions).</summary>
    /// <param name="featureSize">Length D of a frame's features.</param>
    /// <param name="options">The decoder; its <see cref="CaptionDecoderOptions.FeatureSize"/> is the LSTM's.</param>
    /// <param name="dropout">Probability that an entry of a state is dropped before the decoder in training.</param>
    /// <param name="random">Draws the weights.</param>
    public SequenceCaptioner(int featureSize, CaptionDecoderOptions options, double dropout, SeededRandom random)
        : base(NativeLibraries.LoadedFor(nameof(SequenceCaptioner)))
    {
        ArgumentNullException.ThrowIfNull(options);
        _dropout = dropout;
        lstm = LSTM(featureSize, options.FeatureSize, batchFirst: true);
        decoder = new CaptionDecoder(options, random.Derive(2));
        RegisterComponents();
        Initialisation.Lstm(lstm, options.FeatureSize, random.Derive(1));
    }

    /// <summary>Teacher forcing, as <see cref="CaptionDecoder.forward"/>.</summary>
    /// <param name="features">(N, T, D), float32: the features of frames in the order of time.</param>
    /// <param name="captions">(N, L), int64 token ids: GO and then the caption without its last token.</param>
    /// <returns>(N, L, V), float32 log-probabilities.</returns>
    public override Tensor forward(Tensor features, Tensor captions)
    {
        using var scope = NewDisposeScope();
        return decoder.call(States(features), captions).MoveToOuterDisposeScope();
    }

    /// <summary>The likeliest next word at every step, fed back.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <param name="length">Number of tokens L.</param>
    /// <returns>(N, L), int64 token ids without GO; END from a caption's end on.</returns>
    public Tensor Greedy(Tensor features, int length)
    {
        using IDisposable noGradient = no_grad();
        using var scope = NewDisposeScope();
        return decoder.Greedy(States(features), length).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lstm.Dispose();
            decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor States(Tensor features)
    {
        (Tensor states, _, _) = lstm.call(features);
        return functional.dropout(states, _dropout, training);
    }
}
