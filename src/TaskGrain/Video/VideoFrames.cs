namespace TaskGrain.Video;

/// <summary>The frames of one video, decoded, brought to one rate and size.</summary>
public sealed class VideoFrames
{
    /// <summary>Wraps decoded pixels.</summary>
    /// <param name="format">Size and rate of the frames.</param>
    /// <param name="pixels">(T, H, W, 3), RGB, one byte a value; not copied.</param>
    /// <param name="warning">What was wrong with the video although frames could be had; null when nothing was.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="pixels"/> is empty or not a whole number of frames.
    /// </exception>
    public VideoFrames(FrameFormat format, ReadOnlyMemory<byte> pixels, string? warning = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (pixels.Length == 0 || pixels.Length % format.BytesPerFrame != 0)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes are not one or more frames of {format.BytesPerFrame}.",
                nameof(pixels)
            );
        }

        Format = format;
        Pixels = pixels;
        Count = pixels.Length / format.BytesPerFrame;
        Warning = warning;
    }

    /// <summary>Size and rate of the frames.</summary>
    public FrameFormat Format { get; }

    /// <summary>Number of frames T, at least 1.</summary>
    public int Count { get; }

    /// <summary>(T, H, W, 3), RGB, one byte a value.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>
    /// What was wrong with the video although frames could be had, such as a truncated file; null when nothing was.
    /// </summary>
    public string? Warning { get; }

    /// <summary>The pixels of one frame.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>(H, W, 3), RGB.</returns>
    public ReadOnlySpan<byte> Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.Span.Slice(index * Format.BytesPerFrame, Format.BytesPerFrame);
    }

    /// <summary>Copies a clip out of the video.</summary>
    /// <param name="plan">Which frames, which part of them, and whether mirrored.</param>
    /// <param name="destination">(frames of the plan, crop height, crop width, 3).</param>
    /// <exception cref="ArgumentException">
    /// The destination has another size, or the plan names a frame or part that is not there.
    /// </exception>
    internal void CopyClip(ClipPlan plan, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PixelRectangle crop = plan.Crop;
        int rowBytes = crop.Width * 3;
        int frameBytes = rowBytes * crop.Height;
        if (!crop.FitsInto(Format.Width, Format.Height) || destination.Length != frameBytes * plan.Frames.Length)
        {
            throw new ArgumentException(
                $"{destination.Length} bytes are not {plan.Frames.Length} frames of {crop.Width}×{crop.Height} cut "
                    + $"from {Format}.",
                nameof(destination)
            );
        }

        for (int i = 0; i < plan.Frames.Length; i++)
        {
            ReadOnlySpan<byte> frame = Frame(plan.Frames[i]);
            Span<byte> clipFrame = destination.Slice(i * frameBytes, frameBytes);
            for (int row = 0; row < crop.Height; row++)
            {
                frame
                    .Slice((((crop.Y + row) * Format.Width) + crop.X) * 3, rowBytes)
                    .CopyTo(clipFrame[(row * rowBytes)..]);
            }

            if (plan.Flipped)
            {
                FrameMirror.LeftToRight(clipFrame, crop.Width);
            }
        }
    }
}
