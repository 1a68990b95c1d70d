using ScottPlot;
using ScottPlot.Colormaps;
using SkiaSharp;
using TaskGrain.Video;

namespace TaskGrain.Explain.Overlays;

/// <summary>Draws frames and lays maps over them.</summary>
internal sealed class HeatPainter : IDisposable
{
    private readonly SKColor[] _colours;

    /// <param name="options">Colours and opacity.</param>
    public HeatPainter(OverlayOptions options)
    {
        IColormap map = options.Colours switch
        {
            OverlayColours.Inferno => new Inferno(),
            OverlayColours.Magma => new Magma(),
            OverlayColours.Viridis => new Viridis(),
            _ => throw new InvalidOperationException($"no such colour map: {options.Colours}"),
        };
        _colours = [.. Enumerable.Range(0, 256).Select(i => ColourOf(map, i / 255.0, options.Opacity))];
    }

    /// <summary>The colour of a value: what covers more the larger the value is.</summary>
    /// <param name="value">0 to 1.</param>
    public SKColor Colour(float value) => _colours[(int)Math.Round(255 * Math.Clamp(value, 0, 1))];

    /// <summary>Draws a frame.</summary>
    public static void DrawFrame(SKCanvas canvas, VideoFrames frames, int number, SKRect place)
    {
        using SKImage picture = Picture(frames.Format.Width, frames.Format.Height, frames.Frame(number));
        canvas.DrawImage(picture, place, new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    /// <summary>Lays a map over a frame that has been drawn.</summary>
    /// <param name="canvas">Where the frame was drawn.</param>
    /// <param name="values">(H, W), 0 to 1.</param>
    /// <param name="side">H and W.</param>
    /// <param name="frame">Where the frame is.</param>
    /// <param name="seen">The part of it that the map covers, each from 0 to 1.</param>
    public void DrawMap(
        SKCanvas canvas,
        ReadOnlySpan<float> values,
        int side,
        SKRect frame,
        (double Left, double Top, double Right, double Bottom) seen
    )
    {
        using var heat = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Span<byte> pixels = heat.GetPixelSpan();
        for (int i = 0; i < values.Length; i++)
        {
            SKColor colour = Colour(values[i]);
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]) = (
                colour.Red,
                colour.Green,
                colour.Blue,
                colour.Alpha
            );
        }

        using SKImage image = SKImage.FromBitmap(heat);
        var place = new SKRect(
            frame.Left + (float)(seen.Left * frame.Width),
            frame.Top + (float)(seen.Top * frame.Height),
            frame.Left + (float)(seen.Right * frame.Width),
            frame.Top + (float)(seen.Bottom * frame.Height)
        );
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear));
        using var outline = new SKPaint
        {
            Color = new SKColor(255, 255, 255, 90),
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1,
        };
        if (place != frame)
        {
            canvas.DrawRect(place, outline);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.Clear(_colours);

    private static SKColor ColourOf(IColormap map, double value, double opacity)
    {
        Color colour = map.GetColor(value);

        // What says nothing shows the frame as it is; a square root would cover weak places too.
        return new SKColor(colour.R, colour.G, colour.B, (byte)Math.Round(255 * opacity * value));
    }

    private static SKImage Picture(int width, int height, ReadOnlySpan<byte> rgb)
    {
        byte[] rgba = new byte[width * height * 4];
        for (int pixel = 0; pixel < width * height; pixel++)
        {
            rgb.Slice(pixel * 3, 3).CopyTo(rgba.AsSpan(pixel * 4));
            rgba[(pixel * 4) + 3] = 255;
        }

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKData data = SKData.CreateCopy(rgba);
        return SKImage.FromPixels(info, data, info.RowBytes);
    }
}
