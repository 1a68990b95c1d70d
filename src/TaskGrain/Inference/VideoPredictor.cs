using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// Says what happens in a video, with whatever heads its model has: the classes it was taught from a few clips, or else
/// those it was trained on, and a caption. Safe to use from several threads: files are decoded side by side, the model
/// computes for one at a time.
/// </summary>
/// <remarks>
/// A classifier and a caption decoder look at clips of the length they were trained on
/// (<see cref="PredictionOptions.Clips"/>); taught classes are told from the whole video, in overlapping windows of
/// that length. A video shorter than a clip has its first and last frame repeated, half each, as in training.
/// </remarks>
public sealed class VideoPredictor : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Makes a predictor.</summary>
    /// <param name="model">
    /// The model; stays the caller's, in the mode it is in. Its later training is not followed.
    /// </param>
    /// <exception cref="TaskGrainException">The model has no head, or its weights are broken.</exception>
    public VideoPredictor(VideoModel model)
    {
        _session = new InferenceSession(model);
        try
        {
            _session.RequireHead();
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Names of the classes it tells apart; empty for a model that only captions.</summary>
    public IReadOnlyList<string> Classes => _session.Classes;

    /// <summary>Size and rate of the frames it reads.</summary>
    public FrameFormat Format => _session.Frames;

    /// <summary>Makes a predictor of a model.</summary>
    /// <param name="nameOrPath">A model that comes with the program, such as <c>base</c>, or a model file.</param>
    /// <param name="device">Where to compute; null for the CPU.</param>
    /// <param name="precision">Number format of the heavy layers.</param>
    /// <returns>The predictor.</returns>
    /// <exception cref="TaskGrainException">The file cannot be read as a model, or the model has no head.</exception>
    public static VideoPredictor Open(string nameOrPath, Device? device = null, Precision precision = Precision.Auto)
    {
        using VideoModel model = VideoModel.Load(nameOrPath, device, precision);
        return new VideoPredictor(model);
    }

    /// <summary>Predicts for a video file.</summary>
    /// <param name="path">Any file that FFmpeg reads.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <param name="cancel">Stops the decoding, or the computation between two clips.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="TaskGrainException">The file cannot be read, or the options are not valid.</exception>
    public Prediction Predict(string path, PredictionOptions? options = null, CancellationToken cancel = default) =>
        Predict(VideoReader.Read(path, Format, cancel), options, cancel);

    /// <summary>Predicts for decoded frames.</summary>
    /// <param name="frames">Frames of <see cref="Format"/>.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <param name="cancel">Stops between two clips.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames have another format, the options are not valid, or the model's weights are broken.
    /// </exception>
    public Prediction Predict(
        VideoFrames frames,
        PredictionOptions? options = null,
        CancellationToken cancel = default
    ) => _session.Predict(frames, options, cancel);

    /// <summary>Starts on a running video, with the same network.</summary>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <returns>A stream, to be disposed before this predictor; several may run side by side.</returns>
    /// <exception cref="TaskGrainException">The options are not valid.</exception>
    public StreamPredictor Stream(StreamOptions? options = null) => new(_session, options, ownsSession: false);

    /// <summary>Frees the network.</summary>
    public void Dispose() => _session.Dispose();
}
