namespace TaskGrain.Video;

/// <summary>
/// Clips whose frames are read by number, from any number of threads: those of a store, or clips that are drawn when
/// they are read.
/// </summary>
internal interface IClipFrames
{
    /// <summary>Size and rate of all frames.</summary>
    FrameFormat Format { get; }

    /// <summary>Number of clips.</summary>
    int Count { get; }

    /// <summary>Number of frames of a clip, at least 1.</summary>
    /// <param name="index">The clip's number, 0 to <see cref="Count"/> - 1.</param>
    int FrameCount(int index);

    /// <summary>Reads a part of some frames of a clip.</summary>
    /// <param name="index">The clip's number.</param>
    /// <param name="frames">Frame numbers, in the order they are wanted; a frame may repeat.</param>
    /// <param name="crop">The part, within the frame.</param>
    /// <param name="destination">Receives (frames.Length, crop.Height, crop.Width, 3), RGB.</param>
    void ReadFrames(int index, ReadOnlySpan<int> frames, PixelRectangle crop, Span<byte> destination);
}
