using SkiaSharp;
using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>
/// Covers a background with shapes of any colours, from speckles to half of the picture, so that what is behind an
/// action looks like anything.
/// </summary>
internal static class ClutterPainter
{
    /// <summary>Paints.</summary>
    /// <param name="picture">The background; changed in place.</param>
    /// <param name="count">How many shapes.</param>
    /// <param name="seed">Fixes them.</param>
    public static void Paint(SKBitmap picture, int count, ulong seed)
    {
        if (count == 0)
        {
            return;
        }

        var random = new SeededRandom(seed).Derive(0xC1077E4);
        using var canvas = new SKCanvas(picture);
        using var paint = new SKPaint { IsAntialias = true };
        double unit = Math.Min(picture.Width, picture.Height);
        for (int i = 0; i < count; i++)
        {
            double x = random.NextDouble(0, picture.Width),
                y = random.NextDouble(0, picture.Height),
                size = unit * 0.6 * random.NextDouble() * random.NextDouble();
            Rgb colour = Colour(random);
            paint.Color = new SKColor(colour.R, colour.G, colour.B, (byte)random.NextInt(110, 255));
            canvas.Save();
            canvas.Translate((float)x, (float)y);
            canvas.RotateDegrees((float)random.NextDouble(0, 360));
            Shape(canvas, paint, random, (float)size, (float)(size * random.NextDouble(0.15, 1)));
            canvas.Restore();
        }

        canvas.Flush();
    }

    private static void Shape(SKCanvas canvas, SKPaint paint, SeededRandom random, float width, float height)
    {
        paint.Style = random.NextBool(0.75) ? SKPaintStyle.Fill : SKPaintStyle.Stroke;
        paint.StrokeWidth = (float)(1 + (width * 0.2 * random.NextDouble()));
        switch (random.NextInt(4))
        {
            case 0:
                canvas.DrawOval(0, 0, width, height, paint);
                break;
            case 1:
                canvas.DrawRect(-width, -height, 2 * width, 2 * height, paint);
                break;
            case 2:
                Patches(canvas, paint, random, width, height);
                break;
            default:
                using (var path = new SKPath())
                {
                    path.MoveTo(-width, Side());
                    path.CubicTo(-width, Side(), Side(), height, width, Side());
                    path.CubicTo(width, Side(), Side(), -height, -width, Side());
                    canvas.DrawPath(path, paint);
                }

                break;
        }

        float Side() => (float)(height * random.NextDouble(-1, 1));
    }

    /// <summary>A grid of rectangles, as windows, shelves, keys and tiles are.</summary>
    private static void Patches(SKCanvas canvas, SKPaint paint, SeededRandom random, float width, float height)
    {
        int columns = random.NextInt(2, 7),
            rows = random.NextInt(2, 7);
        float w = 2 * width / columns,
            h = 2 * height / rows;
        for (int at = 0; at < rows * columns; at++)
        {
            canvas.DrawRect(-width + (w * (at % columns)), -height + (h * (at / columns)), 0.7f * w, 0.7f * h, paint);
        }
    }

    private static Rgb Colour(SeededRandom random)
    {
        byte grey = (byte)random.NextInt(256);
        return random.NextBool(0.35) ? new Rgb(grey, grey, grey) : Rgb.Any(random);
    }
}
