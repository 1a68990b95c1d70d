using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace TaskGrain.Video;

/// <summary>
/// A clip as JPEG frames: a table of T + 1 32-bit offsets (from the clip's first byte, little-endian), then the
/// frames one after another.
/// </summary>
internal static unsafe class JpegFrames
{
    /// <summary>Compresses a clip.</summary>
    public static byte[] Encode(VideoFrames frames, int quality)
    {
        FrameFormat format = frames.Format;
        var info = new SKImageInfo(format.Width, format.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var options = new SKJpegEncoderOptions(
            quality,
            SKJpegEncoderDownsample.Downsample420,
            SKJpegEncoderAlphaOption.Ignore
        );
        uint[] offsets = new uint[frames.Count + 1];
        byte[] pixels = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        try
        {
            using var jpegs = new MemoryStream();
            fixed (byte* address = pixels)
            {
                using var pixmap = new SKPixmap(info, (nint)address);
                for (int i = 0; i < frames.Count; i++)
                {
                    offsets[i] = TableSize(frames.Count) + (uint)jpegs.Length;
                    AddAlpha(frames.Frame(i), pixels);
                    using SKData jpeg =
                        pixmap.Encode(options)
                        ?? throw new InvalidOperationException($"Skia could not compress a frame of {format}.");
                    jpegs.Write(jpeg.AsSpan());
                }
            }

            offsets[^1] = TableSize(frames.Count) + (uint)jpegs.Length;
            byte[] clip = new byte[offsets[^1]];
            MemoryMarshal.AsBytes<uint>(offsets).CopyTo(clip);
            jpegs.GetBuffer().AsSpan(0, (int)jpegs.Length).CopyTo(clip.AsSpan((int)TableSize(frames.Count)));
            return clip;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>Decompresses one frame and copies a part of it.</summary>
    /// <param name="clip">The clip's bytes.</param>
    /// <param name="frameCount">Frames in the clip.</param>
    /// <param name="frame">Which one.</param>
    /// <param name="format">Size of the frames.</param>
    /// <param name="crop">The part, within the frame.</param>
    /// <param name="destination">(crop.Height, crop.Width, 3).</param>
    /// <returns>False when the bytes are not such a frame: the store is damaged.</returns>
    public static bool TryDecode(
        ReadOnlySpan<byte> clip,
        int frameCount,
        int frame,
        FrameFormat format,
        PixelRectangle crop,
        Span<byte> destination
    )
    {
        if (clip.Length < TableSize(frameCount))
        {
            return false;
        }

        ReadOnlySpan<uint> offsets = MemoryMarshal.Cast<byte, uint>(clip[..(int)TableSize(frameCount)]);
        uint start = offsets[frame];
        uint end = offsets[frame + 1];
        if (start < TableSize(frameCount) || end <= start || end > clip.Length)
        {
            return false;
        }

        var info = new SKImageInfo(format.Width, format.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        byte[] pixels = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        try
        {
            fixed (byte* jpeg = &clip[(int)start])
            fixed (byte* address = pixels)
            {
                using SKData data = SKData.Create((nint)jpeg, (int)(end - start));
                using SKCodec? codec = SKCodec.Create(data);
                if (
                    codec is null
                    || codec.Info.Width != format.Width
                    || codec.Info.Height != format.Height
                    || codec.GetPixels(info, (nint)address) != SKCodecResult.Success
                )
                {
                    return false;
                }
            }

            DropAlpha(pixels, format.Width, crop, destination);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>Whether a clip of that many frames can be in so few bytes: its table takes four a frame.</summary>
    public static bool CanHold(long bytes, int frames) => bytes >= (frames + 1L) * sizeof(uint);

    private static uint TableSize(int frames) => (uint)(frames + 1) * sizeof(uint);

    private static void AddAlpha(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgba[to] = rgb[from];
            rgba[to + 1] = rgb[from + 1];
            rgba[to + 2] = rgb[from + 2];
            rgba[to + 3] = byte.MaxValue;
        }
    }

    /// <summary>RGBA to RGB, four pixels at a time: a shuffle moves their twelve bytes together.</summary>
    private static void DropAlpha(ReadOnlySpan<byte> rgba, int width, PixelRectangle crop, Span<byte> rgb)
    {
        var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
        for (int row = 0; row < crop.Height; row++)
        {
            ReadOnlySpan<byte> from = rgba.Slice((((crop.Y + row) * width) + crop.X) * 4, crop.Width * 4);
            Span<byte> to = rgb.Slice(row * crop.Width * 3, crop.Width * 3);
            int x = 0;
            for (; (x * 3) + Vector128<byte>.Count <= to.Length; x += 4)
            {
                Vector128.Shuffle(Vector128.Create(from[(x * 4)..]), order).CopyTo(to[(x * 3)..]);
            }

            for (; x < crop.Width; x++)
            {
                from.Slice(x * 4, 3).CopyTo(to[(x * 3)..]);
            }
        }
    }
}
