namespace TaskGrain.Video;

/// <summary>How a clip of fixed length and size is cut from a video (paper, section 4.1).</summary>
public sealed record ClipSamplerOptions
{
    /// <summary>Frames in a clip, at least 1. The paper: 48 (4 seconds).</summary>
    public int Frames { get; init; } = 48;

    /// <summary>Distance of neighbouring frames in the video, at least 1. The paper: 1, consecutive frames.</summary>
    public int FrameStride { get; init; } = 1;

    /// <summary>Side of the square cut from every frame, in pixels, at least 1. The paper: 96 of 128.</summary>
    public int CropSize { get; init; } = 96;

    /// <summary>
    /// Mirror half of the training clips. Off by default: left and right decide some labels, so whoever turns it on
    /// swaps the labels of the clips reported as flipped.
    /// </summary>
    public bool Flip { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="TaskGrainException">A value is out of range; the message lists every one.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Frames < 1)
        {
            faults.Add($"frames is {Frames}, not at least 1");
        }

        if (FrameStride < 1)
        {
            faults.Add($"frame stride is {FrameStride}, not at least 1");
        }

        if (CropSize < 1)
        {
            faults.Add($"crop size is {CropSize}, not at least 1");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Clip sampling: {string.Join("; ", faults)}.");
        }
    }
}
