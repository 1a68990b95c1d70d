using System.Diagnostics;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// Says what happens in a video while it runs: frames go in one by one, and after each the prediction for the last
/// clip's
/// length (4 seconds with the paper's sizes) comes out, at the cost of one frame.
/// </summary>
/// <remarks>
/// The prediction leaves out the newest frames that the encoder's look-ahead still waits for
/// (<see cref="StreamingEncoder.LookAhead"/>: six, half a second at 12 frames a second); <see cref="Finish"/> takes
/// them in at the end. The classifier must be one of steps or means, as all of this library are.
/// </remarks>
public sealed class StreamingPredictor : IDisposable
{
    private readonly VideoModel _model;
    private readonly StreamingOptions _options;
    private readonly FoldedEncoder _encoder;
    private readonly StreamingEncoder _stream;
    private readonly byte[] _crop;

    /// <summary>Starts at the first frame of a video.</summary>
    /// <param name="model">The model; stays the caller's to dispose. Later training of it is not followed.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <exception cref="TaskGrainException">
    /// The options are not valid, or the model has neither classifier nor decoder.
    /// </exception>
    public StreamingPredictor(VideoModel model, StreamingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new StreamingOptions();
        _options.Validate();
        if (model.Classifier is null && model.Decoder is null)
        {
            throw new TaskGrainException(
                "The model has neither a classifier nor a caption decoder: there is nothing to predict."
            );
        }

        _model = model;
        Preprocessing preprocessing = model.Description.Preprocessing;
        int stride = preprocessing.Clip.FrameStride;
        Format = preprocessing.Frames with { FramesPerSecond = preprocessing.Frames.FramesPerSecond / stride };
        _crop = new byte[preprocessing.Clip.CropSize * preprocessing.Clip.CropSize * PixelTensor.Channels];
        _encoder = new FoldedEncoder(model.Encoder, model.Encoder.Compute);
        _stream = new StreamingEncoder(_encoder, preprocessing.Clip.Frames);
    }

    /// <summary>
    /// Size and rate of the frames to give: those of the model's preprocessing, of which it takes every n-th.
    /// </summary>
    public FrameFormat Format { get; }

    /// <summary>Frames by which a prediction lags behind.</summary>
    public int LookAhead => _stream.LookAhead;

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">(H, W, 3), RGB bytes, of <see cref="Format"/>.</param>
    /// <returns>The prediction; null before the first is possible, and between those that were asked for.</returns>
    public StreamPrediction? Push(ReadOnlySpan<byte> frame)
    {
        long start = Stopwatch.GetTimestamp();
        CropCentre(frame);
        int side = _model.Description.Preprocessing.Clip.CropSize;
        using var scope = NewDisposeScope();
        _stream.Push(
            PixelTensor.FromBytes(_crop, 1, 1, side, side, _model.Description.Preprocessing.PixelScale, _encoder.Type)
        );
        bool due = _stream.VectorsMade > 0 && _stream.FramesRead % _options.Every == 0;
        return due ? Predict(start) : null;
    }

    /// <summary>Ends the video.</summary>
    /// <returns>The prediction for its last frames; null when there was no frame.</returns>
    public StreamPrediction? Finish()
    {
        long start = Stopwatch.GetTimestamp();
        _stream.Flush();
        return _stream.VectorsMade > 0 ? Predict(start) : null;
    }

    /// <summary>Frees the network's inference form.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _encoder.Dispose();
    }

    private StreamPrediction Predict(long start)
    {
        using var scope = NewDisposeScope();
        using var evaluation = new EvaluationMode(_model);
        Tensor features = _stream.Encode(); // (1, n, D)
        ClipInference result = ClipInference.RunHeads(_model, features, _options.Captions, _options.BeamWidth);
        return new StreamPrediction
        {
            Seconds = (_stream.FramesRead - 1) / Format.FramesPerSecond,
            Frames = _stream.FramesRead,
            Window = (int)features.shape[1],
            Top = result.Probabilities is { } probabilities
                ? ClassProbability.Best(_model.Description.Classes, probabilities, _options.Top)
                : [],
            Caption = result.Captions?[0],
            Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
    }

    private void CropCentre(ReadOnlySpan<byte> frame)
    {
        if (frame.Length != Format.BytesPerFrame)
        {
            throw new ArgumentException($"{frame.Length} bytes are not a frame of {Format}.", nameof(frame));
        }

        int side = _model.Description.Preprocessing.Clip.CropSize;
        int left = (Format.Width - side) / 2;
        int top = (Format.Height - side) / 2;
        int row = side * PixelTensor.Channels;
        for (int y = 0; y < side; y++)
        {
            frame.Slice((((top + y) * Format.Width) + left) * PixelTensor.Channels, row).CopyTo(_crop.AsSpan(y * row));
        }
    }
}
