using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Inference;

/// <summary>
/// Predicts the classes of a taught model (<see cref="TaughtModel"/>). The whole video is looked at, in windows of the
/// length the encoder was trained on, whatever <see cref="PredictionOptions.Clips"/> says. Safe to use from several
/// threads, like <see cref="Predictor"/>.
/// </summary>
public sealed class TaughtPredictor : IVideoPredictor
{
    private readonly Lock _oneAtATime = new();
    private readonly TaughtHead _head;
    private readonly EncoderFeatureSource _features;
    private readonly FewShotClassifier _classifier;

    /// <summary>Makes a predictor.</summary>
    /// <param name="model">A model with a taught classifier; stays the caller's to dispose.</param>
    /// <exception cref="TaskGrainException">The model has no taught classifier.</exception>
    public TaughtPredictor(VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _classifier = TaughtModel.ClassifierOf(model);
        _head = model.Description.Taught!;
        _features = EncoderFeatureSource.Of(
            model,
            new FeatureOptions { VectorsPerSecond = _head.VectorsPerSecond, Overlap = _head.Overlap }
        );
    }

    /// <inheritdoc/>
    public Prediction Predict(string path, PredictionOptions? options = null, CancellationToken cancel = default) =>
        Predict(VideoReader.Read(path, _features.Info.Frames, cancel), options, cancel);

    /// <inheritdoc/>
    public Prediction Predict(VideoFrames frames, PredictionOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        options ??= new PredictionOptions();
        options.Validate();
        FeatureSequence features;
        lock (_oneAtATime)
        {
            features = _features.Extract(frames, cancel);
        }

        float[] probabilities = _classifier.Predict(features);
        var scores = new ScoreMatrix(probabilities, probabilities.Length);
        return new Prediction
        {
            Top =
            [
                .. scores.Top(0, options.Top).Select(c => new ClassProbability(_head.Classes[c], c, probabilities[c])),
            ],
            Frames = frames.Count,
            Seconds = frames.Count / frames.Format.FramesPerSecond,
            Clips = 1,
            Warning = frames.Warning,
        };
    }
}
