using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>
/// A frozen network that turns a video into penultimate feature vectors at a fixed rate, whatever it is inside: see
/// <see cref="EncoderFeatureSource"/>, <see cref="FrameBackboneSource"/> and <see cref="ClipBackboneSource"/>.
/// </summary>
public interface IFeatureSource : IDisposable
{
    /// <summary>What it is, what it reads and what it gives.</summary>
    FeatureSourceInfo Info { get; }

    /// <summary>
    /// Turns a video of any length into vectors. The same frames give the same bits on a given device and precision.
    /// </summary>
    /// <param name="frames">In the format <see cref="FeatureSourceInfo.Frames"/>.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>
    /// (T, D), with T = length in seconds × <see cref="FeatureSourceInfo.VectorsPerSecond"/>, at least 1.
    /// </returns>
    /// <exception cref="TaskGrainException">The frames have another format.</exception>
    FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default);
}
