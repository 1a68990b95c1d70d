using TaskGrain.Models;

namespace TaskGrain.Inference;

/// <summary>The right predictor for any model.</summary>
public static class VideoPredictor
{
    /// <summary>Makes a predictor: of the classes a model was taught, or else of those it was trained on.</summary>
    /// <param name="model">The model; stays the caller's to dispose.</param>
    /// <returns>The predictor.</returns>
    public static IVideoPredictor Of(VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Description.Taught is not null ? new TaughtPredictor(model) : new Predictor(model);
    }
}
