using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Inference;

/// <summary>The last frames of a running video, cut to the middle.</summary>
/// <param name="format">Size and rate of the frames that come.</param>
/// <param name="side">Side of the square that is kept of each, in pixels.</param>
/// <param name="capacity">Frames kept.</param>
internal sealed class RecentFrames(FrameFormat format, int side, int capacity)
{
    private readonly int _frameBytes = side * side * PixelTensor.Channels;
    private readonly byte[] _ring = new byte[capacity * side * side * PixelTensor.Channels];

    /// <summary>Frames that have come.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next frame.</summary>
    /// <param name="frame">(H, W, 3), RGB bytes.</param>
    /// <returns>(side, side, 3): its middle; valid until <c>capacity</c> more have come.</returns>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> frame)
    {
        if (frame.Length != format.BytesPerFrame)
        {
            throw new ArgumentException($"{frame.Length} bytes are not a frame of {format}.", nameof(frame));
        }

        Memory<byte> place = Place(Count);
        int left = (format.Width - side) / 2;
        int top = (format.Height - side) / 2;
        int row = side * PixelTensor.Channels;
        for (int y = 0; y < side; y++)
        {
            frame
                .Slice((((top + y) * format.Width) + left) * PixelTensor.Channels, row)
                .CopyTo(place.Span[(y * row)..]);
        }

        Count++;
        return place;
    }

    /// <summary>A copy of the newest frames.</summary>
    /// <param name="count">How many, at most those that came and the capacity.</param>
    /// <returns>A video of them, of the kept square's size.</returns>
    public VideoFrames Last(int count)
    {
        byte[] pixels = new byte[count * _frameBytes];
        for (int i = 0; i < count; i++)
        {
            Place(Count - count + i).CopyTo(pixels.AsMemory(i * _frameBytes));
        }

        return new VideoFrames(format with { Width = side, Height = side }, pixels);
    }

    private Memory<byte> Place(long frame) => _ring.AsMemory((int)(frame % capacity) * _frameBytes, _frameBytes);
}
