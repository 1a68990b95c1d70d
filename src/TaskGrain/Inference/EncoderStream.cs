using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// Reads a running video with the encoder: a frame costs a frame, since the layers keep what they saw
/// (<see cref="StreamingEncoder"/>).
/// </summary>
internal sealed class EncoderStream : IFrameStream
{
    private readonly InferenceSession _session;
    private readonly StreamOptions _options;
    private readonly StreamingEncoder _encoder;
    private readonly RecentFrames _recent;
    private readonly int _stride;

    public EncoderStream(InferenceSession session, StreamOptions options)
    {
        _session = session;
        _options = options;
        ClipSamplerOptions clip = session.Preprocessing.Clip;
        _stride = clip.FrameStride;
        _encoder = new StreamingEncoder(session.Encoder, clip.Frames);
        _recent = new RecentFrames(session.Preprocessing.Frames, clip.CropSize, clip.Frames * _stride);
    }

    /// <inheritdoc/>
    public long FramesRead => _recent.Count;

    /// <inheritdoc/>
    public int LookAhead => _encoder.LookAhead * _stride;

    /// <inheritdoc/>
    public StreamReading? Push(ReadOnlySpan<byte> frame)
    {
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
            return _encoder.VectorsMade > 0 && _encoder.FramesRead % _options.Every == 0 ? Running() : null;
        });
    }

    /// <inheritdoc/>
    public StreamReading Finish()
    {
        long dropped = Math.Max(0, _encoder.FramesRead - _encoder.Window) * _stride;
        VideoInference result = _session.Infer(
            _recent.Last((int)(_recent.Count - dropped)),
            clips: 1,
            _options.BeamWidth,
            _options.Captions,
            CancellationToken.None
        );
        int window = (int)Math.Min(_encoder.FramesRead, _encoder.Window);
        return new StreamReading(result.Probabilities, result.Caption, window);
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private StreamReading Running()
    {
        using IDisposable frozen = inference_mode();
        ModelHeads heads = _session.Heads!;
        Tensor features = _encoder.Encode(); // (1, n, D)
        return new StreamReading(
            heads.Probabilities(features),
            _options.Captions ? heads.Captions(features, _options.BeamWidth)?[0] : null,
            (int)features.shape[1]
        );
    }
}
