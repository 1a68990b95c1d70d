using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>
/// Another camera's colours: a linear map of red, green and blue, then contrast, brightness and gamma by a table.
/// </summary>
internal sealed class PictureGrade
{
    private const int One = 1 << 12;

    /// <summary>Weights of red, green and blue in the lightness (ITU-R BT.601).</summary>
    private static readonly double[] Luma = [0.299, 0.587, 0.114];

    private readonly int[] _map;
    private readonly byte[] _curve;

    private PictureGrade(int[] map, byte[] curve) => (_map, _curve) = (map, curve);

    /// <summary>Draws one.</summary>
    /// <param name="random">The clip's own stream for it.</param>
    /// <param name="strength">0 none to 1: any white balance, exposure, contrast, saturation and hue.</param>
    public static PictureGrade Draw(SeededRandom random, double strength)
    {
        double saturation = random.NextBool(0.12 * strength) ? 0 : 1 + (strength * random.NextDouble(-0.7, 0.8));
        double hue = strength * (random.NextBool(0.25) ? random.NextDouble(-Math.PI, Math.PI) : Bell(random, 0.35));
        double[] gain = [Gain(), Gain(), Gain()];
        double contrast = 1 + (strength * random.NextDouble(-0.45, 0.5));
        double brightness = strength * random.NextDouble(-45, 45);
        double gamma = Math.Exp(strength * random.NextDouble(-0.5, 0.5));
        return new PictureGrade(Map(saturation, hue, gain), Curve(contrast, brightness, gamma));

        double Gain() => Math.Exp(strength * random.NextDouble(-0.3, 0.3));
    }

    /// <summary>Changes a picture.</summary>
    /// <param name="rgba">(height, width, 4) bytes; alpha stays.</param>
    public void Apply(Span<byte> rgba)
    {
        for (int i = 0; i < rgba.Length; i += 4)
        {
            int r = rgba[i],
                g = rgba[i + 1],
                b = rgba[i + 2];
            rgba[i] = Part(0, r, g, b);
            rgba[i + 1] = Part(3, r, g, b);
            rgba[i + 2] = Part(6, r, g, b);
        }
    }

    private byte Part(int row, int r, int g, int b) =>
        _curve[Math.Clamp(((_map[row] * r) + (_map[row + 1] * g) + (_map[row + 2] * b) + (One / 2)) / One, 0, 255)];

    /// <summary>Saturation about the lightness, a turn of the hue about the grey axis, a gain for each part.</summary>
    private static int[] Map(double saturation, double hue, double[] gain)
    {
        double c = Num.Cos(hue),
            s = Num.Sin(hue),
            third = (1 - c) / 3,
            side = s / Math.Sqrt(3);
        double[,] turn =
        {
            { c + third, third - side, third + side },
            { third + side, c + third, third - side },
            { third - side, third + side, c + third },
        };
        int[] map = new int[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                double turned = 0;
                for (int k = 0; k < 3; k++)
                {
                    turned += turn[row, k] * (((k == column ? 1 : 0) * saturation) + (Luma[column] * (1 - saturation)));
                }

                map[(3 * row) + column] = (int)Math.Round(gain[row] * turned * One);
            }
        }

        return map;
    }

    private static byte[] Curve(double contrast, double brightness, double gamma)
    {
        byte[] curve = new byte[256];
        for (int v = 0; v < curve.Length; v++)
        {
            double u = Num.Clamp01(((contrast * (v - 128)) + 128 + brightness) / 255);
            curve[v] = (byte)Math.Round(255 * Math.Pow(u, gamma));
        }

        return curve;
    }

    /// <summary>The sum of three uniform numbers from −3·width to 3·width: mostly near 0.</summary>
    private static double Bell(SeededRandom random, double width) =>
        width * (random.NextDouble(-1, 1) + random.NextDouble(-1, 1) + random.NextDouble(-1, 1));
}
