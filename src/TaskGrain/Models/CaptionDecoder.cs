using TaskGrain.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>
/// The caption decoder (Section 4.3): an LSTM language model coupled to the clip. The features pass a linear layer
/// and ReLU and are averaged over time; that context is the initial hidden and cell state of every layer and is put
/// beside the word's embedding at every step.
/// </summary>
internal sealed class CaptionDecoder : Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding embedding;
    private readonly Linear mapping;
    private readonly LSTM lstm;
    private readonly Linear output;

    /// <summary>Makes a decoder with random weights (PyTorch's default distributions), float32, on the CPU.</summary>
    /// <param name="options">Its sizes.</param>
    /// <param name="random">Draws the weights; null for a fixed seed.</param>
    /// <exception cref="TaskGrainException">The sizes cannot be built; lists all faults.</exception>
    public CaptionDecoder(CaptionDecoderOptions options, SeededRandom? random = null)
        : this(random ?? new SeededRandom(Initialisation.DefaultSeed), options) { }

    private CaptionDecoder(SeededRandom? random, CaptionDecoderOptions options)
        : base(NativeLibraries.LoadedFor(nameof(CaptionDecoder)))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        embedding = Embedding(options.Words, options.Embedding);
        mapping = Linear(options.FeatureSize, options.Hidden);
        lstm = LSTM(options.Embedding + options.Hidden, options.Hidden, options.Layers, batchFirst: true);
        output = Linear(options.Hidden, options.Words);
        RegisterComponents();
        Initialisation.Embedding(embedding, random?.Derive(1));
        Initialisation.Linear(mapping, random?.Derive(2));
        Initialisation.Lstm(lstm, options.Hidden, random?.Derive(3));
        Initialisation.Linear(output, random?.Derive(4));
    }

    /// <summary>The decoder's sizes.</summary>
    public CaptionDecoderOptions Options { get; }

    /// <summary>Teacher forcing: the log-probabilities of each next word given the true words before it.</summary>
    /// <param name="features">(N, T, D), float32: the encoder's features.</param>
    /// <param name="captions">(N, L), int64 token ids: GO and then the caption without its last token.</param>
    /// <returns>(N, L, V), float32 log-probabilities; position i predicts caption token i.</returns>
    public override Tensor forward(Tensor features, Tensor captions)
    {
        using var scope = NewDisposeScope();
        DecoderState state = Start(features);
        (Tensor logProbs, _) = Step(state, captions);
        return logProbs.MoveToOuterDisposeScope();
    }

    /// <summary>The likeliest next word at every step, fed back as the next input.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <param name="length">Number of tokens L; the paper's captions have 14.</param>
    /// <returns>(N, L), int64 token ids without GO; END from a caption's end on.</returns>
    public Tensor Greedy(Tensor features, int length = 14)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        using IDisposable noGradient = no_grad();
        using var scope = NewDisposeScope();
        DecoderState state = Start(features);
        Tensor token = TensorArithmetic.Filled([features.shape[0], 1], Options.Go, features.device);
        Tensor ended = zeros_like(token, ScalarType.Bool);
        using Scalar stop = Options.End;
        var tokens = new List<Tensor>(length);
        for (int step = 0; step < length; step++)
        {
            // A clip whose caption has ended goes on emitting END.
            (Tensor logProbs, state) = Step(state, token);
            token = logProbs.argmax(-1).masked_fill(ended, stop);
            ended = token.Is(Options.End);
            tokens.Add(token);

            // Looking costs nothing on the processor; a GPU would have to be waited for.
            if (features.device_type == DeviceType.CPU && ended.all().item<bool>())
            {
                tokens.Add(TensorArithmetic.Filled([features.shape[0], length - step - 1], Options.End, CPU));
                break;
            }
        }

        return cat(tokens, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The likeliest captions among those a beam search visits.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <param name="length">Number of tokens L.</param>
    /// <param name="width">Captions kept at every step, at least 1; 1 gives what <see cref="Greedy"/> gives.</param>
    /// <param name="lengthNormalised">
    /// Rank by log-probability per token (END counts as one), not by the sum, which favours short captions.
    /// </param>
    /// <returns>(N, L), int64: the best caption of each clip, END from its end on.</returns>
    public Tensor BeamSearch(Tensor features, int length = 14, int width = 5, bool lengthNormalised = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        using IDisposable noGradient = no_grad();
        using var scope = NewDisposeScope();
        return new BeamSearch(this, width, lengthNormalised).Run(features, length).MoveToOuterDisposeScope();
    }

    /// <summary>A decoder whose weights are not drawn, for a file to fill.</summary>
    internal static CaptionDecoder Unfilled(CaptionDecoderOptions options) => new(random: null, options);

    /// <summary>A copy that shares nothing with this one and is not in training, on the same device.</summary>
    internal CaptionDecoder Copy()
    {
        CaptionDecoder copy = Unfilled(Options);
        copy.to(output.weight!.device);
        Initialisation.Keep(copy);
        copy.load_state_dict(state_dict());
        copy.eval();
        return copy;
    }

    /// <summary>The state before the first word.</summary>
    /// <param name="features">(N, T, D).</param>
    /// <param name="copies">Copies of each clip, side by side, for a beam.</param>
    internal DecoderState Start(Tensor features, int copies = 1)
    {
        Tensor context = functional.relu(mapping.call(features)).mean([1]);
        if (copies > 1)
        {
            context = context.repeat_interleave(copies, 0);
        }

        Tensor state = context.unsqueeze(0).expand(Options.Layers, -1, -1).contiguous();
        return new DecoderState(context, state, state);
    }

    /// <summary>Reads tokens and predicts what follows each.</summary>
    /// <param name="state">State of N captions.</param>
    /// <param name="tokens">(N, L), int64.</param>
    /// <returns>Log-probabilities (N, L, V) and the state after the last token.</returns>
    internal (Tensor LogProbs, DecoderState State) Step(DecoderState state, Tensor tokens)
    {
        Tensor words = embedding.call(tokens);
        Tensor context = state.Context.unsqueeze(1).expand(-1, tokens.shape[1], -1);
        (Tensor hidden, Tensor h, Tensor c) = lstm.call(cat([words, context], -1), (state.Hidden, state.Cell));
        Tensor logProbs = functional.log_softmax(output.call(hidden), -1);
        return (logProbs, new DecoderState(state.Context, h, c));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            embedding.Dispose();
            mapping.Dispose();
            lstm.Dispose();
            output.Dispose();
        }

        base.Dispose(disposing);
    }
}
