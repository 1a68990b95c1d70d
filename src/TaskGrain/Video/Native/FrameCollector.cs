using System.Buffers;

namespace TaskGrain.Video.Native;

/// <summary>
/// Collects the frames that leave a filter graph into one buffer, numbered without gaps: a frame that comes late, as
/// after a change of the picture's size or where sound begins before the picture, fills the places it missed. The
/// rule is that of the ffmpeg program for output of a constant rate.
/// </summary>
internal sealed unsafe class FrameCollector(FrameFormat format) : IDisposable
{
    /// <summary>Larger buffers are not worth keeping for the next video.</summary>
    private const int LargestPooled = 1 << 24;

    /// <summary>Places by which a frame may come too early and still be taken.</summary>
    private const int EarliestTaken = 2;

    private readonly int _size = format.BytesPerFrame;
    private long _start;
    private byte[] _buffer = Rent((int)Math.Min(format.BytesPerFrame * 64L, LargestPooled));

    public int Count { get; private set; }

    /// <summary>
    /// Whether places before the first frame are filled with it. The ffmpeg program does where sound may begin before
    /// the picture, and not in a file that has nothing but one video.
    /// </summary>
    public bool FillsStart { get; init; }

    /// <summary>Adds a frame that is shown in one place or in several.</summary>
    /// <param name="frame">An AVFrame in RGB, of the format's size.</param>
    /// <param name="number">Its first place, counted in the output's time.</param>
    /// <param name="copies">Places that it takes, at least 1.</param>
    /// <exception cref="UnreadableVideoException">There would be more frames than can be held.</exception>
    public void Add(nint frame, long number, long copies)
    {
        if (Count == 0 && !FillsStart)
        {
            _start = Math.Max(0, number);
        }

        long late = number - _start - Count;
        if (late < -EarliestTaken)
        {
            long dropped = Math.Min(copies, -EarliestTaken - late);
            copies -= dropped;
            late += dropped;
        }

        if (copies == 0)
        {
            return;
        }

        // Of the places missed all but the last are the frame before's, if there is one.
        long before = late >= 2 && Count > 0 ? late - 1 : 0;
        long own = Math.Max(late, 0) - before + copies;
        MakeRoom(before + own);
        if (before > 0)
        {
            Repeat(_buffer.AsSpan((Count - 1) * _size, _size).ToArray(), before);
        }

        CopyPixels(frame, _buffer.AsSpan(Count++ * _size, _size));
        Repeat(_buffer.AsSpan((Count - 1) * _size, _size), own - 1);
    }

    /// <summary>Hands the frames over; the collector is empty afterwards.</summary>
    /// <returns>(<see cref="Count"/>, H, W, 3).</returns>
    public ReadOnlyMemory<byte> Take()
    {
        int length = Count * _size;
        byte[] buffer = _buffer;
        Count = 0;
        if (buffer.Length <= LargestPooled)
        {
            return buffer.AsSpan(0, length).ToArray();
        }

        // Too large to be kept for another video, and to be held twice.
        _buffer = [];
        return buffer.AsMemory(0, length);
    }

    public void Dispose()
    {
        Return(_buffer);
        _buffer = [];
    }

    private static byte[] Rent(int size) =>
        size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    private static void Return(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Repeat(ReadOnlySpan<byte> pixels, long times)
    {
        for (long i = 0; i < times; i++)
        {
            pixels.CopyTo(_buffer.AsSpan(Count++ * _size, _size));
        }
    }

    private void MakeRoom(long frames)
    {
        long most = Array.MaxLength / _size;
        if (frames > most - Count)
        {
            throw new UnreadableVideoException(
                $"longer than {most} frames of {format}, which is more than can be held at once; cut it into "
                    + $"shorter clips"
            );
        }

        long needed = (Count + frames) * _size;
        if (needed > _buffer.Length)
        {
            byte[] larger = Rent((int)Math.Min(needed * 2, Array.MaxLength));
            _buffer.AsSpan(0, Count * _size).CopyTo(larger);
            Return(_buffer);
            _buffer = larger;
        }
    }

    private void CopyPixels(nint frame, Span<byte> to)
    {
        int row = format.Width * 3;
        for (int y = 0; y < format.Height; y++)
        {
            new ReadOnlySpan<byte>(FrameLayout.Pixels(frame) + ((long)y * FrameLayout.Stride(frame)), row).CopyTo(
                to.Slice(y * row, row)
            );
        }
    }
}
