using TaskGrain.Inference.Features;
using TaskGrain.Video;

namespace TaskGrain.Inference;

/// <summary>
/// Reads a running video for classes that were taught on any sources: the last window is looked at as a whole, again
/// and again, since such sources keep nothing from one frame to the next.
/// </summary>
internal sealed class WindowStream : IFrameStream
{
    private const double LeastSecondsApart = 0.25;

    private readonly InferenceSession _session;
    private readonly FrameFormat _format;
    private readonly byte[][] _ring;
    private readonly int _every;

    public WindowStream(InferenceSession session, TaughtFeatures sources, StreamOptions options)
    {
        _session = session;
        _format = sources.Frames;
        double rate = _format.FramesPerSecond;
        int window = Math.Max(1, (int)Math.Round(session.WindowSeconds * rate));
        _ring = [.. Enumerable.Range(0, window).Select(_ => new byte[_format.BytesPerFrame])];
        _every = Math.Max(options.Every, (int)Math.Ceiling(LeastSecondsApart * rate));
    }

    /// <inheritdoc/>
    public long FramesRead { get; private set; }

    /// <inheritdoc/>
    public int LookAhead => 0;

    /// <inheritdoc/>
    public StreamReading? Push(ReadOnlySpan<byte> frame)
    {
        if (frame.Length != _format.BytesPerFrame)
        {
            throw new ArgumentException($"{frame.Length} bytes are not a frame of {_format}.", nameof(frame));
        }

        frame.CopyTo(_ring[FramesRead % _ring.Length]);
        FramesRead++;
        return FramesRead % _every == 0 ? Finish() : null;
    }

    /// <inheritdoc/>
    public StreamReading Finish()
    {
        int count = (int)Math.Min(FramesRead, _ring.Length);
        byte[] pixels = new byte[count * _format.BytesPerFrame];
        for (int i = 0; i < count; i++)
        {
            _ring[(FramesRead - count + i) % _ring.Length].CopyTo(pixels, i * _format.BytesPerFrame);
        }

        VideoInference result = _session.Infer(
            new VideoFrames(_format, pixels),
            clips: 1,
            beamWidth: 1,
            captions: false,
            CancellationToken.None
        );
        return new StreamReading(result.Probabilities, Caption: null, count);
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
