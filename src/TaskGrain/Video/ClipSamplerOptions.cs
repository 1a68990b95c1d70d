namespace TaskGrain.Video;

/// <summary>How a clip of fixed length and size is cut from a video (paper, section 4.1).</summary>
public sealed record ClipSamplerOptions
{
    private const int MostFrames = 4096;
    private const int LargestStride = 4096;
    private const int LargestCrop = 4096;

    /// <summary>As numbers of 4 bytes, three a pixel, a clip then takes 800 MB; the paper's takes 5.</summary>
    private const long MostPixels = 1 << 26;

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

    /// <summary>
    /// How much faster or slower training clips may run: 0.5 for 1/1.5 to 1.5 times, evenly on a logarithmic scale. 0,
    /// the paper's, leaves the speed as it is. For models that are to be carried over to videos of other makers.
    /// </summary>
    public double SpeedJitter { get; init; }

    /// <summary>
    /// How much the colours of training clips may change: 0.5 for a contrast of 1/1.5 to 1.5 times, a shift by up to a
    /// quarter of the range, and half as much for each colour by itself. 0, the paper's, leaves them as they are.
    /// </summary>
    public double ColourJitter { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="TaskGrainException">A value is out of range; the message lists every one.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Frames is < 1 or > MostFrames)
        {
            faults.Add($"frames is {Frames}, not 1 to {MostFrames}");
        }

        if (FrameStride is < 1 or > LargestStride)
        {
            faults.Add($"frame stride is {FrameStride}, not 1 to {LargestStride}");
        }

        if (CropSize is < 1 or > LargestCrop)
        {
            faults.Add($"crop size is {CropSize}, not 1 to {LargestCrop}");
        }

        if (faults.Count == 0 && (long)Frames * CropSize * CropSize > MostPixels)
        {
            faults.Add($"{Frames} frames of {CropSize}×{CropSize} are more than {MostPixels} pixels a clip");
        }

        foreach ((string name, double value) in new[] { ("speed", SpeedJitter), ("colour", ColourJitter) })
        {
            if (!(value is >= 0 and <= 3))
            {
                faults.Add($"{name} jitter is {value}, not 0 to 3");
            }
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Clip sampling: {string.Join("; ", faults)}.");
        }
    }
}
