using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// The encoder on a live video: frames come one at a time (or a few), and each costs the work of one frame, not of a
/// clip. The convolutions give what they would give on the whole video at once, with the zero padding in time only at
/// its real start and end; the LSTM reads the last <see cref="Window"/> vectors.
/// </summary>
/// <remarks>
/// Each of the six temporal convolutions looks one frame ahead, so that the vector of a frame is ready when the
/// <see cref="LookAhead"/>th frame after it has come (half a second at 12 frames a second), or at <see cref="Flush"/>.
/// </remarks>
internal sealed class StreamingEncoder : IDisposable
{
    private readonly FoldedEncoder _encoder;
    private readonly StreamingConvolution[]? _channel3D;
    private Tensor? _waiting2D;
    private Tensor? _vectors;
    private bool _ended;

    /// <summary>Starts at the first frame of a video.</summary>
    /// <param name="encoder">The network, which may serve several streams at once; not disposed by this one.</param>
    /// <param name="window">Number of vectors the LSTM reads; the paper's clips have 48 frames.</param>
    public StreamingEncoder(FoldedEncoder encoder, int window = 48)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        _encoder = encoder;
        Window = window;
        _channel3D = encoder.Channel3D is null
            ? null
            : [.. encoder.Channel3D.Select(layer => new StreamingConvolution(layer))];
    }

    /// <summary>Largest number of vectors the LSTM reads.</summary>
    public int Window { get; }

    /// <summary>Frames by which a vector lags behind its frame: one for each temporal convolution, 6 or 0.</summary>
    public int LookAhead => _channel3D?.Length ?? 0;

    /// <summary>Frames read so far.</summary>
    public long FramesRead { get; private set; }

    /// <summary>
    /// Vectors made so far: <see cref="FramesRead"/> less <see cref="LookAhead"/>, until <see cref="Flush"/>.
    /// </summary>
    public long VectorsMade { get; private set; }

    /// <summary>Reads the next frame or frames.</summary>
    /// <param name="frames">
    /// (1, 3, T, H, W), float32 or bfloat16: <see cref="PixelTensor"/> makes it from a frame's bytes.
    /// </param>
    /// <returns>Number of vectors that became ready.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames' size does not fit the encoder; the message says what would.
    /// </exception>
    /// <exception cref="InvalidOperationException">The stream was ended by <see cref="Flush"/>.</exception>
    public int Push(Tensor frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        _encoder.Options.CheckClips(frames.shape);
        if (frames.shape[0] != 1)
        {
            throw new ArgumentException($"A stream is one video; {frames.shape[0]} came side by side.", nameof(frames));
        }

        if (_ended)
        {
            throw new InvalidOperationException("The stream has ended; Reset starts a new one.");
        }

        using var scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        FramesRead += frames.shape[2];
        Tensor input = ChannelsLast.Make(frames.to(_encoder.Type, _encoder.Device));
        Tensor? vectors2D = _encoder.Channel2D is { } channel ? AsVectors(FoldedEncoder.Run(channel, input)) : null;
        Tensor? map = input;
        foreach (StreamingConvolution layer in _channel3D ?? [])
        {
            map = map is null ? null : layer.Push(map);
        }

        return Add(vectors2D, _channel3D is not null && map is not null ? AsVectors(map) : null);
    }

    /// <summary>Ends the video: the frames still waited for are zeros, and the last vectors become ready.</summary>
    /// <returns>Number of vectors that became ready.</returns>
    public int Flush()
    {
        _ended = true;
        if (_channel3D is null)
        {
            return 0;
        }

        using var scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        Tensor? map = null;
        foreach (StreamingConvolution layer in _channel3D)
        {
            Tensor? pushed = map is null ? null : layer.Push(map);
            map = Join(pushed, layer.Flush(), dimension: 2);
        }

        return Add(null, map is null ? null : AsVectors(map));
    }

    /// <summary>
    /// The features of the last <see cref="Window"/> vectors: what the classifier and the caption decoder read.
    /// </summary>
    /// <returns>(1, n, FeatureSize), float32, with n of at most <see cref="Window"/>.</returns>
    /// <exception cref="InvalidOperationException">No vector is ready yet.</exception>
    public Tensor Encode()
    {
        Tensor vectors =
            _vectors
            ?? throw new InvalidOperationException(
                $"No vector is ready: the first one needs {LookAhead + 1} frames, or Flush."
            );
        return FoldedEncoder.Infer(() => _encoder.Read(vectors));
    }

    /// <summary>Forgets everything: the next frame is the first of another video.</summary>
    public void Reset()
    {
        foreach (StreamingConvolution layer in _channel3D ?? [])
        {
            layer.Dispose();
        }

        Keep(ref _waiting2D, null);
        Keep(ref _vectors, null);
        FramesRead = 0;
        VectorsMade = 0;
        _ended = false;
    }

    /// <summary>Frees the stream's memory; the network stays.</summary>
    public void Dispose() => Reset();

    /// <summary>The vectors in the window.</summary>
    /// <returns>(1, n, features of both channels), in the compute format; null before the first.</returns>
    internal Tensor? Vectors => _vectors;

    private int Add(Tensor? vectors2D, Tensor? vectors3D)
    {
        Tensor? arrived = vectors3D;
        if (_encoder.Channel2D is not null)
        {
            // The 2D channel is not late: its vectors wait for those of the 3D channel.
            if (Join(_waiting2D, vectors2D, dimension: 1) is not { } waiting)
            {
                return 0; // Flushed before the first frame.
            }

            long ready = _channel3D is null ? waiting.shape[1] : vectors3D?.shape[1] ?? 0;
            arrived = ready == 0 ? null : Join(waiting.narrow(1, 0, ready), vectors3D, dimension: 2);
            Keep(ref _waiting2D, waiting.narrow(1, ready, waiting.shape[1] - ready).clone());
        }

        if (arrived is null)
        {
            return 0;
        }

        int count = (int)arrived.shape[1];
        Tensor all = Join(_vectors, arrived, dimension: 1)!;
        long kept = Math.Min(all.shape[1], Window);
        Keep(ref _vectors, all.narrow(1, all.shape[1] - kept, kept).clone());
        VectorsMade += count;
        return count;
    }

    // (1, C, T, 1, 1) -> (1, T, C)
    private static Tensor AsVectors(Tensor map) => map.flatten(2).transpose(1, 2);

    private static Tensor? Join(Tensor? first, Tensor? second, int dimension) =>
        first is null ? second
        : second is null ? first
        : cat([first, second], dimension);

    private static void Keep(ref Tensor? place, Tensor? value)
    {
        place?.Dispose();
        place = value?.DetachFromDisposeScope();
    }
}
