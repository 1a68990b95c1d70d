using SkiaSharp;

namespace TaskGrain.Synthesis;

/// <summary>Paints the room without its objects, once a clip.</summary>
internal static class BackgroundPainter
{
    /// <summary>Paints the part of the room that any frame can show.</summary>
    /// <param name="stage">The room.</param>
    /// <param name="view">The camera at rest.</param>
    /// <param name="scaleX">Output pixels a pixel of the view, across.</param>
    /// <param name="scaleY">The same, down.</param>
    /// <param name="margin">How far beyond the picture on each side, as a part of its size.</param>
    /// <returns>The picture, and where its corner is in output pixels.</returns>
    public static unsafe (SKBitmap Picture, int Left, int Top) Paint(
        Stage stage,
        View view,
        double scaleX,
        double scaleY,
        double margin
    )
    {
        int left = (int)Math.Ceiling(view.Width * scaleX * margin),
            top = (int)Math.Ceiling(view.Height * scaleY * margin);
        int width = (int)Math.Round(view.Width * scaleX) + (2 * left),
            height = (int)Math.Round(view.Height * scaleY) + (2 * top);
        var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte* pixels = (byte*)picture.GetPixels();
        double gc = Num.Cos(stage.Grain),
            gs = Num.Sin(stage.Grain);
        double backLine = view.Project(0, 0, Math.Min(stage.Back, 90)).Y;
        for (int row = 0; row < height; row++)
        {
            double py = (row - top + 0.5) / scaleY;
            byte* at = pixels + ((long)row * picture.RowBytes);
            for (int column = 0; column < width; column++, at += 4)
            {
                double px = (column - left + 0.5) / scaleX;
                Rgb c = Surface(stage, view, px, py, backLine, gc, gs);
                double light = LightAt(stage, view, px, py);
                c = c.Lit(stage.Light.R * light, stage.Light.G * light, stage.Light.B * light);
                at[0] = c.R;
                at[1] = c.G;
                at[2] = c.B;
                at[3] = 255;
            }
        }

        return (picture, -left, -top);
    }

    private static Rgb Surface(Stage stage, View view, double px, double py, double backLine, double gc, double gs)
    {
        bool ground = view.Ground(px, py, out double x, out double z);
        if (py < backLine || !ground)
        {
            return Wall(stage, view, px, py, backLine);
        }

        if (x < stage.Left || x > stage.Right || z < stage.Front)
        {
            // The board's thickness, then the floor below.
            double under =
                z < stage.Front ? (view.Project(0, 0, z).Y - view.Project(0, 0, stage.Front).Y) / view.PixelsPerCm : 99;
            return under < 2.2 && x >= stage.Left && x <= stage.Right
                ? stage.Table.Shade(0.5)
                : stage.Floor.Shade(0.66 + (0.2 * Lattice.Noise(px * 0.02, py * 0.02, stage.Seed + 9)));
        }

        double tone = Math.Min(x - stage.Left, stage.Right - x) < 0.35 ? 1.14 : 1;
        return TableTextures.At(stage, (gc * x) - (gs * z), (gs * x) + (gc * z)).Shade(tone);
    }

    /// <summary>A wall with a few things out of focus.</summary>
    private static Rgb Wall(Stage stage, View view, double px, double py, double line)
    {
        Rgb c = stage.Wall.Shade(0.8 + (0.25 * Num.Clamp01(1 - ((line - py) / 120))));
        for (int i = 0; i < 4; i++)
        {
            double x = ((Lattice.Hash(i, 1, stage.Seed) * 1.6) - 0.3) * view.Width,
                w = 15 + (60 * Lattice.Hash(i, 2, stage.Seed));
            double h = 20 + (110 * Lattice.Hash(i, 3, stage.Seed));
            double inside = Num.Clamp01((w - Math.Abs(px - x)) / 6) * Num.Clamp01((h - (line - py)) / 6);
            if (inside > 0)
            {
                var thing = new Rgb(
                    (byte)(60 + (150 * Lattice.Hash(i, 4, stage.Seed))),
                    (byte)(60 + (130 * Lattice.Hash(i, 5, stage.Seed))),
                    (byte)(60 + (130 * Lattice.Hash(i, 6, stage.Seed)))
                );
                c = c.Mix(thing.Mix(stage.Wall, 0.35), 0.8 * inside);
            }
        }

        return line - py < 2.5 ? c.Shade(0.8) : c;
    }

    private static double LightAt(Stage stage, View view, double px, double py)
    {
        double u = (px / view.Width) - 0.5,
            v = (py / view.Height) - 0.5;
        double light =
            1
            + (stage.Unevenness * 0.7 * ((stage.Sun * u) - (0.4 * v)))
            - (stage.Unevenness * 0.5 * ((u * u) + (v * v)));
        if (stage.Band >= 0)
        {
            double across = u + (0.6 * v) + 0.5 - stage.Band;
            light *= 1 + (0.16 * (Num.Clamp01((0.12 - Math.Abs(across)) / 0.03) - 0.4));
        }

        return light;
    }
}
