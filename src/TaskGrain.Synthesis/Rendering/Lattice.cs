using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>Smooth random values over the plane, from hashed whole-number places.</summary>
internal static class Lattice
{
    /// <summary>A value in [0, 1) for a whole-number place.</summary>
    public static double Hash(int x, int y, ulong seed)
    {
        ulong h = (((ulong)(uint)x * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)y * 0xC2B2AE3D27D4EB4FUL)) + seed;
        return (SeededRandom.Mix(h) >> 40) * (1.0 / (1 << 24));
    }

    /// <summary>Value noise in [0, 1): bilinear between whole-number places, with soft corners.</summary>
    public static double Noise(double x, double y, ulong seed)
    {
        double fx = Math.Floor(x),
            fy = Math.Floor(y);
        int ix = (int)fx,
            iy = (int)fy;
        double u = Num.Smooth(x - fx),
            v = Num.Smooth(y - fy);
        double top = Num.Lerp(Hash(ix, iy, seed), Hash(ix + 1, iy, seed), u);
        double bottom = Num.Lerp(Hash(ix, iy + 1, seed), Hash(ix + 1, iy + 1, seed), u);
        return Num.Lerp(top, bottom, v);
    }
}
