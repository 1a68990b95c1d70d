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

    private readonly int _size = format.BytesPerFrame;
    private long _start;
    private byte[] _buffer = Rent(format.BytesPerFrame * 64);

    public int Count { get; private set; }

    /// <summary>
    /// Whether places before the first frame are filled with it. The ffmpeg program does where sound may begin before
    /// the picture, and not in a file that has nothing but one video.
    /// </summary>
    public bool FillsStart { get; init; }

    /// <summary>Adds a frame.</summary>
    /// <param name="frame">An AVFrame in RGB, of the format's size.</param>
    /// <param name="number">Its number in the output's time.</param>
    public void Add(nint frame, long number)
    {
        if (Count == 0 && !FillsStart)
        {
            _start = Math.Max(0, number);
        }

        long late = number - _start - Count;
        if (late < -2)
        {
            return;
        }

        // Of the places missed all but the last are the frame before's, if there is one.
        long before = late >= 2 && Count > 0 ? late - 1 : 0;
        long copies = Math.Max(late, 0) + 1;
        for (long i = 0; i < copies; i++)
        {
            Span<byte> to = Next();
            if (i < before)
            {
                _buffer.AsSpan((Count - 2) * _size, _size).CopyTo(to);
            }
            else
            {
                CopyPixels(frame, to);
            }
        }
    }

    public byte[] ToArray() => _buffer.AsSpan(0, Count * _size).ToArray();

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

    private Span<byte> Next()
    {
        long needed = (Count + 1L) * _size;
        if (needed > Array.MaxLength)
        {
            throw new UnreadableVideoException(
                $"longer than {Count} frames of {format}, which is more than can be held at once; cut it into "
                    + $"shorter clips"
            );
        }

        if (needed > _buffer.Length)
        {
            byte[] larger = Rent((int)Math.Min(needed * 2, Array.MaxLength));
            _buffer.AsSpan(0, Count * _size).CopyTo(larger);
            Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Count++ * _size, _size);
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
