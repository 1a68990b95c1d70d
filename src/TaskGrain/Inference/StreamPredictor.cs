using System.Diagnostics;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// Says what happens in a video while it runs: frames go in one by one, and after each the prediction for the last
/// clip's length (4 seconds with the paper's sizes) comes out, at the cost of one frame. It works with whatever heads
/// its model has, like <see cref="VideoPredictor"/>. One thread at a time may push.
/// </summary>
/// <remarks>
/// <para>
/// While the video runs, a prediction is about the window's frames that the encoder's look-ahead has passed
/// (<see cref="LookAhead"/>: six, half a second at 12 frames a second): the convolutions have seen all frames before
/// and up to six after them, and the LSTM reads the window.
/// </para>
/// <para>
/// <see cref="Finish"/> says what <see cref="VideoPredictor.Predict(VideoFrames, PredictionOptions?,
/// CancellationToken)"/> says of the window's frames: of the whole video, where that is no longer than a window, with
/// the ends repeated where it is shorter; of the last window alone, where it is longer (while a whole-file prediction
/// looks at its middle, or with taught classes at all of it).
/// </para>
/// </remarks>
public sealed class StreamPredictor : IDisposable
{
    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly StreamOptions _options;
    private readonly StreamingEncoder _encoder;
    private readonly RecentFrames _recent;
    private readonly int _stride;
    private bool _ended;

    /// <summary>Starts at the first frame of a video.</summary>
    /// <param name="model">The model; stays the caller's to dispose. Later training of it is not followed.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <exception cref="TaskGrainException">
    /// The options are not valid, the model has no head, or its weights are broken.
    /// </exception>
    public StreamPredictor(VideoModel model, StreamOptions? options = null)
        : this(new InferenceSession(model), options, ownsSession: true) { }

    /// <param name="session">The model in use.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <param name="ownsSession">Whether the session goes with the stream.</param>
    internal StreamPredictor(InferenceSession session, StreamOptions? options, bool ownsSession)
    {
        _session = session;
        _ownsSession = ownsSession;
        _options = options ?? new StreamOptions();
        try
        {
            _options.Validate();
            session.RequireHead();
        }
        catch when (ownsSession)
        {
            session.Dispose();
            throw;
        }

        ClipSamplerOptions clip = session.Preprocessing.Clip;
        _stride = clip.FrameStride;
        _encoder = new StreamingEncoder(session.Encoder, clip.Frames);
        _recent = new RecentFrames(Format, clip.CropSize, clip.Frames * _stride);
    }

    /// <summary>Size and rate of the frames to give.</summary>
    public FrameFormat Format => _session.Preprocessing.Frames;

    /// <summary>Frames by which a prediction lags behind while the video runs.</summary>
    public int LookAhead => _encoder.LookAhead * _stride;

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">(H, W, 3), RGB bytes, of <see cref="Format"/>.</param>
    /// <returns>
    /// The prediction; null before the first is possible, between those that were asked for, and after a frame that
    /// the model leaves out because it reads only every n-th.
    /// </returns>
    /// <exception cref="ArgumentException">The frame has another size.</exception>
    /// <exception cref="InvalidOperationException">The video has been ended by <see cref="Finish"/>.</exception>
    public StreamPrediction? Push(ReadOnlySpan<byte> frame)
    {
        if (_ended)
        {
            throw new InvalidOperationException("The stream has ended; another video needs another StreamPredictor.");
        }

        long start = Stopwatch.GetTimestamp();
        bool read = _recent.Count % _stride == 0;
        ReadOnlyMemory<byte> pixels = _recent.Add(frame);
        if (!read)
        {
            return null;
        }

        return _session.Compute(() =>
        {
            using var scope = NewDisposeScope();
            _encoder.Push(_session.Clips(pixels, 1, 1));
            return _encoder.VectorsMade > 0 && _encoder.FramesRead % _options.Every == 0 ? Running(start) : null;
        });
    }

    /// <summary>Ends the video.</summary>
    /// <returns>The prediction for its last window; null when there was no frame.</returns>
    public StreamPrediction? Finish()
    {
        _ended = true;
        if (_recent.Count == 0)
        {
            return null;
        }

        long start = Stopwatch.GetTimestamp();
        long dropped = Math.Max(0, _encoder.FramesRead - _encoder.Window) * _stride;
        VideoInference result = _session.Infer(
            _recent.Last((int)(_recent.Count - dropped)),
            clips: 1,
            _options.BeamWidth,
            _options.Captions,
            CancellationToken.None
        );
        int window = (int)Math.Min(_encoder.FramesRead, _encoder.Window);
        return Prediction(result.Probabilities, result.Caption, window, start);
    }

    /// <summary>Frees the stream's memory, and the network where it was made for this stream alone.</summary>
    public void Dispose()
    {
        _encoder.Dispose();
        if (_ownsSession)
        {
            _session.Dispose();
        }
    }

    private StreamPrediction Running(long start)
    {
        using IDisposable frozen = inference_mode();
        ModelHeads heads = _session.Heads!;
        Tensor features = _encoder.Encode(); // (1, n, D)
        return Prediction(
            heads.Probabilities(features),
            _options.Captions ? heads.Captions(features, _options.BeamWidth)?[0] : null,
            (int)features.shape[1],
            start
        );
    }

    private StreamPrediction Prediction(float[]? probabilities, string? caption, int window, long start) =>
        new()
        {
            Seconds = (_recent.Count - 1) / Format.FramesPerSecond,
            Frames = _recent.Count,
            Window = window,
            Top = _session.Best(probabilities, _options.Top),
            Caption = caption,
            Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
}
