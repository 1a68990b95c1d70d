using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>What lens and sensor do to a frame: softness and noise.</summary>
internal static class Sensor
{
    private const int TileSize = 1 << 16;

    /// <summary>Grey levels of each strength.</summary>
    private static readonly byte[] Levels = [0, 3, 6, 10, 18];

    /// <summary>Noise of each strength: byte 0 to 2·strength, to be added and then lowered by the strength.</summary>
    private static readonly byte[][] Tiles = [.. Levels.Select(MakeTile)];

    /// <summary>
    /// One pass of a small blur: each pixel becomes (left + 2·own + right)/4, then the same up and down.
    /// A line's last pixel mixes with the next line's first: one pixel's fault, kept so that the clips of a seed stay
    /// what they are.
    /// </summary>
    public static void Smooth(Span<byte> rgba, byte[] scratch, int width, int height)
    {
        int stride = width * 4;
        Average(rgba, scratch, 4, 4, rgba.Length - 4);
        Average(scratch, rgba, stride, stride, rgba.Length - stride);
    }

    /// <summary>Drops alpha and adds noise.</summary>
    /// <param name="rgba">(height, width, 4).</param>
    /// <param name="rgb">(height, width, 3).</param>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="noise">0 none to 4 strong.</param>
    /// <param name="seed">Chooses where the noise begins.</param>
    public static void Pack(ReadOnlySpan<byte> rgba, Span<byte> rgb, int width, int height, int noise, ulong seed)
    {
        int count = width * height;
        int to = 0;
        for (int i = 0; i < 4 * count; i += 4, to += 3)
        {
            rgb[to] = rgba[i];
            rgb[to + 1] = rgba[i + 1];
            rgb[to + 2] = rgba[i + 2];
        }

        if (noise > 0)
        {
            AddNoise(rgb[..(3 * count)], Tiles[noise], Levels[noise], (int)(SeededRandom.Mix(seed) % TileSize));
        }
    }

    private static void AddNoise(Span<byte> rgb, byte[] tile, byte level, int at)
    {
        Vector256<byte> lower = Vector256.Create(level);
        int i = 0;
        while (i + 32 <= rgb.Length)
        {
            if (at + 32 > TileSize)
            {
                at = (at * 31) & 1023;
            }

            Vector256<byte> v = Vector256.Create<byte>(rgb.Slice(i, 32));
            v = Vector256.SubtractSaturate(Vector256.AddSaturate(v, Vector256.Create(tile, at)), lower);
            v.CopyTo(rgb.Slice(i, 32));
            i += 32;
            at += 32;
        }
    }

    private static void Average(ReadOnlySpan<byte> from, Span<byte> to, int step, int start, int end)
    {
        from[..start].CopyTo(to);
        from[end..].CopyTo(to[end..]);
        int i = start;
        for (; i + 16 <= end; i += 16)
        {
            Vector256<ushort> a = Wide(from, i - step),
                b = Wide(from, i),
                c = Wide(from, i + step);
            Vector256<ushort> sum = (a + b + b + c + Vector256.Create((ushort)2)) >>> 2;
            Vector128.Narrow(sum.GetLower(), sum.GetUpper()).CopyTo(to.Slice(i, 16));
        }

        for (; i < end; i++)
        {
            to[i] = (byte)((from[i - step] + (2 * from[i]) + from[i + step] + 2) >> 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Wide(ReadOnlySpan<byte> from, int at)
    {
        var (low, high) = Vector128.Widen(Vector128.Create(from.Slice(at, 16)));
        return Vector256.Create(low, high);
    }

    private static byte[] MakeTile(byte level)
    {
        var random = new SeededRandom((ulong)level);
        byte[] tile = new byte[TileSize];
        for (int i = 0; i < tile.Length; i++)
        {
            // The mean of two uniform numbers: a triangle, near enough to a bell.
            tile[i] = (byte)((random.NextInt((2 * level) + 1) + random.NextInt((2 * level) + 1) + 1) / 2);
        }

        return tile;
    }
}
