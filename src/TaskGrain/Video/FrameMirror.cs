using System.Runtime.InteropServices;

namespace TaskGrain.Video;

/// <summary>
/// Mirrors frames left to right. A mirrored clip needs the label of the opposite direction; that is the caller's to
/// swap.
/// </summary>
internal static class FrameMirror
{
    /// <summary>Mirrors every row in place.</summary>
    /// <param name="pixels">(…, W, 3), any number of rows.</param>
    /// <param name="width">Pixels in a row, W.</param>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> is not a whole number of rows.</exception>
    public static void LeftToRight(Span<byte> pixels, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (pixels.Length % (width * 3) != 0)
        {
            throw new ArgumentException($"{pixels.Length} bytes are not whole rows of {width} pixels.", nameof(pixels));
        }

        Span<Pixel> all = MemoryMarshal.Cast<byte, Pixel>(pixels);
        for (int row = 0; row < all.Length; row += width)
        {
            all.Slice(row, width).Reverse();
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Pixel
    {
        private readonly byte _red;
        private readonly byte _green;
        private readonly byte _blue;
    }
}
