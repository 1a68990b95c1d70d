using SkiaSharp;
using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>A colour, each part 0 to 255.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public static Rgb White { get; } = new(255, 255, 255);

    public static Rgb Black { get; } = new(0, 0, 0);

    /// <summary>From 0xRRGGBB.</summary>
    public static Rgb Hex(int code) => new((byte)(code >> 16), (byte)(code >> 8), (byte)code);

    /// <summary>Any colour at all.</summary>
    public static Rgb Any(SeededRandom random) =>
        new((byte)random.NextInt(256), (byte)random.NextInt(256), (byte)random.NextInt(256));

    /// <summary>Darker (below 1) or lighter (above 1: part of the way to white).</summary>
    public Rgb Shade(double factor) =>
        factor <= 1 ? new(Byte(R * factor), Byte(G * factor), Byte(B * factor)) : Mix(White, Math.Min(1, factor - 1));

    public Rgb Mix(Rgb other, double part) =>
        new(Byte(R + ((other.R - R) * part)), Byte(G + ((other.G - G) * part)), Byte(B + ((other.B - B) * part)));

    /// <summary>Under a light of the given strength in each part.</summary>
    public Rgb Lit(double r, double g, double b) => new(Byte(R * r), Byte(G * g), Byte(B * b));

    public SKColor WithAlpha(double alpha) => new(R, G, B, Byte(255 * alpha));

    private static byte Byte(double value) => (byte)Math.Clamp(value + 0.5, 0, 255);
}
