using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Inference;

/// <summary>
/// Predicts actions and captions for video files with one model. Safe to use from several threads: files are decoded
/// side by side, the model computes for one at a time (libtorch spreads that over the cores by itself). Nothing else
/// may use the model meanwhile.
/// </summary>
public sealed class Predictor : IVideoPredictor
{
    private readonly Lock _oneAtATime = new();
    private readonly VideoModel _model;

    /// <summary>Makes a predictor.</summary>
    /// <param name="model">The model; stays the caller's to dispose, in the mode it is in.</param>
    public Predictor(VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
    }

    /// <inheritdoc/>
    public Prediction Predict(string path, PredictionOptions? options = null, CancellationToken cancel = default) =>
        Predict(VideoReader.Read(path, _model.Description.Preprocessing.Frames, cancel), options, cancel);

    /// <inheritdoc/>
    public Prediction Predict(VideoFrames frames, PredictionOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        options ??= new PredictionOptions();
        options.Validate();
        Preprocessing preprocessing = _model.Description.Preprocessing;
        if (frames.Format != preprocessing.Frames)
        {
            throw new TaskGrainException($"The frames are {frames.Format}; the model reads {preprocessing.Frames}.");
        }

        IReadOnlyList<ClipPlan> plans = new ClipSampler(preprocessing.Clip).Evenly(
            frames.Count,
            frames.Format.Width,
            frames.Format.Height,
            options.Clips
        );
        ClipInference result;
        lock (_oneAtATime)
        {
            cancel.ThrowIfCancellationRequested();
            using var evaluation = new EvaluationMode(_model);
            result = ClipInference.RunOnVideo(_model, frames, plans, options.BeamWidth);
        }

        return new Prediction
        {
            Top = result.Probabilities is { } probabilities
                ? ClassProbability.Best(_model.Description.Classes, probabilities, options.Top)
                : [],
            Caption = result.Captions?[0],
            Frames = frames.Count,
            Seconds = frames.Count / frames.Format.FramesPerSecond,
            Clips = plans.Count,
            Warning = frames.Warning,
        };
    }
}
