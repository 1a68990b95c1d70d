using TaskGrain.Video;

namespace TaskGrain.Inference;

/// <summary>
/// Says what happens in a video, with whatever heads its model has. Safe to use from several threads.
/// </summary>
public interface IVideoPredictor
{
    /// <summary>Predicts for a video file.</summary>
    /// <param name="path">Any file that FFmpeg reads.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <param name="cancel">Stops the decoding, or the wait for the model.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="TaskGrainException">The file cannot be read, or the options are not valid.</exception>
    Prediction Predict(string path, PredictionOptions? options = null, CancellationToken cancel = default);

    /// <summary>Predicts for decoded frames.</summary>
    /// <param name="frames">Frames in the format of the model's preprocessing.</param>
    /// <param name="options">What to predict; null for the defaults.</param>
    /// <param name="cancel">Stops before the model computes.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames have another format, the options are not valid, or the model's weights are broken.
    /// </exception>
    Prediction Predict(VideoFrames frames, PredictionOptions? options = null, CancellationToken cancel = default);
}
