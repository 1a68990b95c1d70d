using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>Frames made without decoding.</summary>
internal static class SomeFrames
{
    public static readonly FrameFormat Format = new(20, 16, 12);

    /// <summary>Noise, different for every seed.</summary>
    public static VideoFrames Noise(ulong seed, int frames = 5, FrameFormat? format = null, string? warning = null)
    {
        var random = new SeededRandom(seed);
        byte[] pixels = new byte[frames * (format ?? Format).BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.NextUInt64();
        }

        return new VideoFrames(format ?? Format, pixels, warning);
    }

    /// <summary>Smooth pictures, as JPEG likes them.</summary>
    public static VideoFrames Smooth(int frames = 5, FrameFormat? format = null)
    {
        FrameFormat used = format ?? Format;
        byte[] pixels = new byte[frames * used.BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = i / 3;
            int x = pixel % used.Width;
            int y = pixel / used.Width % used.Height;
            pixels[i] = (byte)(20 + x + (y / 2) + (i % 3 * 10) + (pixel / (used.Width * used.Height) * 5));
        }

        return new VideoFrames(used, pixels);
    }

    /// <summary>A store of noise clips named clip0, clip1, …, with 3 to 9 frames each.</summary>
    public static FrameStore Store(
        string folder,
        int clips,
        FrameCompression? compression = null,
        FrameFormat? format = null
    )
    {
        using (
            FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(
                folder,
                format ?? Format,
                compression ?? FrameCompression.Raw
            )
        )
        {
            for (int i = 0; i < clips; i++)
            {
                writer.Append($"clip{i}", Noise((ulong)i, 3 + (i % 7), format));
            }
        }

        return FrameStore.Open(folder);
    }
}
