namespace TaskGrain.Video;

/// <summary>
/// Size and rate that every video is brought to. The aspect ratio is not kept, as in the paper (section 4).
/// </summary>
/// <param name="Width">Pixels in a row, 1 to 4,096.</param>
/// <param name="Height">Rows, 1 to 4,096.</param>
/// <param name="FramesPerSecond">Frames a second, above 0 and at most 240.</param>
public sealed record FrameFormat(int Width, int Height, FrameRate FramesPerSecond)
{
    /// <summary>Most pixels in a row, and most rows.</summary>
    internal const int MostPixels = 4096;

    /// <summary>Most frames a second.</summary>
    internal const double MostFramesPerSecond = 240;

    /// <summary>The paper's: 128×128 pixels at 12 frames a second.</summary>
    public static FrameFormat Paper { get; } = new(128, 128, 12);

    /// <summary>Bytes of one frame: height × width × 3.</summary>
    public int BytesPerFrame => Width * Height * 3;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="TaskGrainException">A value is out of range; the message lists every one.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Width is < 1 or > MostPixels || Height is < 1 or > MostPixels)
        {
            faults.Add($"the frame size {Width}×{Height} is not between 1×1 and 4096×4096");
        }

        if (FramesPerSecond.Value is not (> 0 and <= MostFramesPerSecond))
        {
            faults.Add($"the frame rate {FramesPerSecond} is not above 0 and at most 240");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Frame format: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>The format in words, such as <c>128×128 at 12 frames/s</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString() => $"{Width}×{Height} at {FramesPerSecond} frames/s";
}
