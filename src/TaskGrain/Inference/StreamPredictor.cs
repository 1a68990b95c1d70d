using System.Diagnostics;
using TaskGrain.Models;
using TaskGrain.Video;

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
/// <para>
/// Classes taught on other sources than an encoder are told from the whole window anew, at most four times a second.
/// </para>
/// </remarks>
public sealed class StreamPredictor : IDisposable
{
    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly StreamOptions _options;
    private readonly IFrameStream _stream;
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

        _stream = session.Sources is { } sources
            ? new WindowStream(session, sources, _options)
            : new EncoderStream(session, _options);
    }

    /// <summary>Size and rate of the frames to give.</summary>
    public FrameFormat Format => _session.Frames;

    /// <summary>Frames by which a prediction lags behind while the video runs.</summary>
    public int LookAhead => _stream.LookAhead;

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
        return _stream.Push(frame) is { } reading ? Prediction(reading, start) : null;
    }

    /// <summary>Ends the video.</summary>
    /// <returns>The prediction for its last window; null when there was no frame.</returns>
    public StreamPrediction? Finish()
    {
        _ended = true;
        long start = Stopwatch.GetTimestamp();
        return _stream.FramesRead > 0 ? Prediction(_stream.Finish(), start) : null;
    }

    /// <summary>Frees the stream's memory, and the network where it was made for this stream alone.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (_ownsSession)
        {
            _session.Dispose();
        }
    }

    private StreamPrediction Prediction(StreamReading reading, long start) =>
        new()
        {
            Seconds = (_stream.FramesRead - 1) / Format.FramesPerSecond,
            Frames = _stream.FramesRead,
            Window = reading.Window,
            Top = _session.Best(reading.Probabilities, _options.Top),
            Caption = reading.Caption,
            Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
}
