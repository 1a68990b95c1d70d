using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>What the adapters for other networks check.</summary>
internal static class BackboneFrames
{
    public static void RequireFormat(VideoFrames frames, FeatureSourceInfo info)
    {
        if (frames.Format != info.Frames)
        {
            throw new TaskGrainException($"The frames are {frames.Format}; {info.Description} reads {info.Frames}.");
        }
    }

    public static void RequireLength(float[] vectors, int expected)
    {
        if (vectors.Length != expected)
        {
            throw new InvalidOperationException($"the network gave {vectors.Length} numbers where {expected} were due");
        }
    }
}
