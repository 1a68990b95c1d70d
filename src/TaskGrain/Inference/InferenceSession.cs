using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// A model in use: its encoder folded for inference (<see cref="FoldedEncoder"/>) and copies of its heads, whichever
/// they are. Everything that asks a model something asks it through one of these, so that all get the same numbers.
/// </summary>
/// <remarks>
/// The model stays as it is, in the mode it is in, and may be disposed: a session does not follow its later training.
/// Safe to use from several threads; one computes at a time, and libtorch spreads that over the cores by itself.
/// </remarks>
public sealed class InferenceSession : IDisposable
{
    private const double DefaultWindowSeconds = 4;

    private readonly Lock _oneAtATime = new();
    private readonly VideoPass _videos;
    private bool _disposed;

    /// <summary>Opens a session on a model, on the model's device and in its precision.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="TaskGrainException">
    /// A weight of the encoder is no finite number, or the tensors of the taught head are damaged.
    /// </exception>
    public InferenceSession(VideoModel model)
        : this(Required(model).Encoder, model.Encoder.Compute, model.Description.Preprocessing)
    {
        try
        {
            Heads = new ModelHeads(model);
            Sources = model.Description.Taught is { } taught
                ? TaughtFeatures.Open(taught, this, model.Encoder.Compute)
                : null;
            WindowSeconds = model.Description.Taught?.WindowSeconds ?? DefaultWindowSeconds;
        }
        catch
        {
            Heads?.Dispose();
            Encoder.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session on an encoder alone.</summary>
    internal InferenceSession(TwoChannelEncoder encoder, Precision precision, Preprocessing preprocessing)
    {
        preprocessing.Validate();
        Preprocessing = preprocessing;
        Encoder = new FoldedEncoder(encoder, precision);
        _videos = new VideoPass(this);
    }

    /// <summary>
    /// Size and rate of the frames that predictions are made of: the encoder's, or those of the sources that the model
    /// was taught on.
    /// </summary>
    public FrameFormat Frames => Sources?.Frames ?? Preprocessing.Frames;

    /// <summary>How the session wants videos brought into the encoder's form.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Where it computes.</summary>
    public Device Device => Encoder.Device;

    /// <summary>The compute format of the encoder, float32 or bfloat16.</summary>
    public ScalarType Type => Encoder.Type;

    /// <summary>D, the length of a feature vector.</summary>
    public int FeatureSize => Encoder.Options.FeatureSize;

    /// <summary>
    /// Names of the classes in the order of the scores: those the model was taught, or else those it was trained on;
    /// empty where no head names classes.
    /// </summary>
    public IReadOnlyList<string> Classes => Heads?.Classes ?? [];

    /// <summary>Whether it can caption.</summary>
    public bool WritesCaptions => Heads?.Decoder is not null;

    /// <summary>
    /// Whether its classes are told by a taught head, which reads videos as a whole instead of clips of them.
    /// </summary>
    public bool ReadsWholeVideos => Heads?.Taught is not null;

    /// <summary>The sources that taught classes are told by, where they are not the encoder alone; else null.</summary>
    internal TaughtFeatures? Sources { get; }

    /// <summary>Seconds of a running video that classes taught on other sources are told from.</summary>
    internal double WindowSeconds { get; } = DefaultWindowSeconds;

    /// <summary>D of a whole video's features.</summary>
    internal int VideoFeatureSize => Sources?.Dimension ?? FeatureSize;

    /// <summary>The network.</summary>
    internal FoldedEncoder Encoder { get; }

    /// <summary>The heads; null for a session on an encoder alone.</summary>
    internal ModelHeads? Heads { get; }

    /// <summary>The encoder's features of a batch of clips.</summary>
    /// <param name="pixels">(N, T, H, W, 3), RGB bytes, of the length and crop in <see cref="Preprocessing"/>.</param>
    /// <param name="clips">Number of clips N.</param>
    /// <returns>(N, T, D), float32, on <see cref="Device"/>; the caller's to dispose.</returns>
    public Tensor Features(ReadOnlyMemory<byte> pixels, int clips) =>
        Compute(() =>
        {
            using var scope = NewDisposeScope();
            return Encoder.Encode(Clips(pixels, clips, Preprocessing.Clip.Frames)).MoveToOuterDisposeScope();
        });

    /// <summary>Class probabilities of clips.</summary>
    /// <param name="features">(N, T, D), from <see cref="Features"/>.</param>
    /// <returns>(N × classes); null where no head names classes.</returns>
    /// <exception cref="TaskGrainException">A probability is NaN: the head's weights are broken.</exception>
    internal ScoreMatrix? Scores(Tensor features) =>
        Infer(() => Heads?.Probabilities(features)) is { } probabilities
            ? new ScoreMatrix(probabilities, Classes.Count)
            : null;

    /// <summary>Captions of clips.</summary>
    /// <param name="features">(N, T, D), from <see cref="Features"/>.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 takes the likeliest word at every step.</param>
    /// <returns>N captions in the model's words; null without a decoder.</returns>
    public IReadOnlyList<string>? Captions(Tensor features, int beamWidth = 1) =>
        Infer(() => Heads?.Captions(features, beamWidth));

    /// <summary>The features of a video of any length at a fixed rate, window by window.</summary>
    /// <param name="frames">Frames in the format of <see cref="Preprocessing"/>.</param>
    /// <param name="options">Rate and windows; null for the defaults.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>(T, D), T = length in seconds × rate, at least 1.</returns>
    /// <exception cref="TaskGrainException">The frames have another format, or the options are not valid.</exception>
    public FeatureSequence Extract(
        VideoFrames frames,
        FeatureOptions? options = null,
        CancellationToken cancel = default
    )
    {
        options ??= new FeatureOptions();
        options.Validate();
        RequireFormat(frames, options.FramesOf(Preprocessing));
        return _videos.Extract(frames, options, cancel);
    }

    /// <summary>Predicts for a video of any length.</summary>
    /// <param name="frames">In the format <see cref="Frames"/>.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <param name="cancel">Stops between two clips.</param>
    /// <returns>The prediction; without classes and caption where the model has no head.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames have another format, the options are not valid, or the model's weights are broken.
    /// </exception>
    public Prediction Predict(VideoFrames frames, PredictionOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new PredictionOptions();
        options.Validate();
        RequireFormat(frames, Frames);
        VideoInference result = _videos.Run(frames, options.Clips, options.BeamWidth, captions: true, cancel);
        return new Prediction
        {
            Top = Best(result.Probabilities, options.Top),
            Caption = result.Caption,
            Frames = frames.Count,
            Seconds = frames.Count / frames.Format.FramesPerSecond,
            Clips = result.Clips,
            Warning = frames.Warning,
        };
    }

    /// <summary>Frees the network and the heads.</summary>
    public void Dispose()
    {
        lock (_oneAtATime)
        {
            if (!_disposed)
            {
                _disposed = true;
                Encoder.Dispose();
                Heads?.Dispose();
                Sources?.Dispose();
            }
        }
    }

    /// <summary>What is said about a video, with every class's probability.</summary>
    /// <param name="frames">Frames of the model's rate, at least as large as its crop, the middle of them.</param>
    /// <param name="clips">Clips to average, for heads that read clips.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    /// <param name="captions">Whether the decoder is asked, where there is one.</param>
    /// <param name="cancel">Stops between two clips.</param>
    internal VideoInference Infer(
        VideoFrames frames,
        int clips,
        int beamWidth,
        bool captions,
        CancellationToken cancel
    ) => _videos.Run(frames, clips, beamWidth, captions, cancel);

    /// <summary>Computes what leaves no tensor behind, without gradients, alone.</summary>
    internal T Infer<T>(Func<T> work) =>
        Compute(() =>
        {
            using var scope = NewDisposeScope();
            using IDisposable frozen = inference_mode();
            return work();
        });

    /// <summary>Computes something while no other thread does.</summary>
    internal T Compute<T>(Func<T> work)
    {
        lock (_oneAtATime)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return work();
        }
    }

    /// <summary>Pixels as the network reads them.</summary>
    /// <param name="pixels">(N, T, H, W, 3), RGB bytes, of the model's crop.</param>
    /// <param name="clips">N.</param>
    /// <param name="frames">T.</param>
    /// <returns>(N, 3, T, H, W), channels-last, on the device.</returns>
    internal Tensor Clips(ReadOnlyMemory<byte> pixels, int clips, int frames)
    {
        int side = Preprocessing.Clip.CropSize;
        return PixelTensor.FromBytes(pixels, clips, frames, side, side, Preprocessing.PixelScale, Type, Device);
    }

    /// <summary>The likeliest classes, best first; empty for null.</summary>
    internal IReadOnlyList<ClassProbability> Best(float[]? probabilities, int count) =>
        probabilities is null ? [] : ClassProbability.Best(Classes, probabilities, count);

    /// <summary>Refuses to predict where there is nothing to predict with.</summary>
    /// <exception cref="TaskGrainException">The model has no head.</exception>
    internal void RequireHead()
    {
        if (Classes.Count == 0 && !WritesCaptions)
        {
            throw new TaskGrainException(
                "The model has no classifier, no caption decoder and no taught classes: there is nothing to predict. "
                    + "Its features can be used, for one to teach it classes."
            );
        }
    }

    private static void RequireFormat(VideoFrames frames, FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Format != format)
        {
            throw new TaskGrainException($"The frames are {frames.Format}; the model reads {format}.");
        }
    }

    private static VideoModel Required(VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }
}
