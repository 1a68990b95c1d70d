using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>How a source's vectors are made.</summary>
public sealed record FeatureOptions
{
    /// <summary>
    /// Vectors for a second of video; the paper's 12. A network with another rate of its own is interpolated.
    /// </summary>
    public double VectorsPerSecond { get; init; } = 12;

    /// <summary>
    /// Share of a window that it has in common with the next one, 0 to below 1, where a video is longer than a window
    /// (<see cref="WindowPlan"/>).
    /// </summary>
    public double Overlap { get; init; } = 0.5;

    /// <summary>
    /// An encoder sees the video as one window whose frames are spread over all of it, whatever its length, instead of
    /// windows of the rate it was trained at: actions that differ in speed then look alike. Made for clips of one
    /// action of a few seconds. Other sources do not know windows and take no notice.
    /// </summary>
    public bool WholeClip { get; init; }

    /// <summary>Size and rate of the frames that an encoder reads.</summary>
    internal FrameFormat FramesOf(Preprocessing preprocessing) =>
        WholeClip
            ? preprocessing.Frames with
            {
                FramesPerSecond = FrameRate.Of(VectorsPerSecond),
            }
            : preprocessing.Frames;

    /// <summary>The settings in words: part of what a source's identity is made of.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"FeatureOptions {{ VectorsPerSecond = {VectorsPerSecond}, Overlap = {Overlap} }}")
        + (WholeClip ? ", whole clips" : "");

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Some are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (!(VectorsPerSecond is > 0 and <= 240))
        {
            faults.Add($"{VectorsPerSecond} vectors a second is not above 0 and at most 240");
        }

        if (!(Overlap is >= 0 and < 1))
        {
            faults.Add($"the overlap {Overlap} is not from 0 to below 1");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Features: {string.Join("; ", faults)}.");
        }
    }
}
