using System.Globalization;
using System.Runtime.InteropServices;
using SkiaSharp;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Lab.Demo;

/// <summary>
/// A picture of clips, a row each: some frames in the order of time, and beside them the truth and the model's words.
/// Drawn by hand: frames and words, no chart for ScottPlot.
/// </summary>
internal static class SampleSheet
{
    private const int FramesShown = 6;
    private const int FrameSide = 112;
    private const int Gap = 6;
    private const int Margin = 20;
    private const int TitleHeight = 44;
    private const int TextWidth = 560;

    private static readonly SKColor Ink = new(0x22, 0x2b, 0x36);
    private static readonly SKColor Faint = new(0x7b, 0x87, 0x94);
    private static readonly SKColor Right = new(0x1b, 0x7f, 0x4b);
    private static readonly SKColor Wrong = new(0xb4, 0x3a, 0x2e);

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="title">Line above the rows.</param>
    /// <param name="samples">The clips, at least one.</param>
    public static void WritePng(string path, string title, IReadOnlyList<DemoSample> samples)
    {
        byte[] png = ToPng(title, samples);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="title">Line above the rows.</param>
    /// <param name="samples">The clips, at least one.</param>
    /// <returns>A PNG file's bytes.</returns>
    public static byte[] ToPng(string title, IReadOnlyList<DemoSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count, nameof(samples));
        int width = (2 * Margin) + (FramesShown * (FrameSide + Gap)) + TextWidth;
        int height = (2 * Margin) + TitleHeight + (samples.Count * (FrameSide + Gap));
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using SKTypeface typeface = SKTypeface.FromFamilyName("DejaVu Sans") ?? SKTypeface.Default;
        using var titleFont = new SKFont(typeface, 20) { Subpixel = true };
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(title, Margin, Margin + 20, SKTextAlign.Left, titleFont, ink);
        for (int row = 0; row < samples.Count; row++)
        {
            int top = Margin + TitleHeight + (row * (FrameSide + Gap));
            DrawFrames(canvas, samples[row].Frames, top);
            DrawText(canvas, typeface, samples[row], Margin + (FramesShown * (FrameSide + Gap)) + 10, top);
        }

        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void DrawFrames(SKCanvas canvas, VideoFrames frames, int top)
    {
        for (int i = 0; i < FramesShown; i++)
        {
            int number = (int)((long)(frames.Count - 1) * i / (FramesShown - 1));
            using SKImage picture = Picture(frames, number);
            var place = SKRect.Create(Margin + (i * (FrameSide + Gap)), top, FrameSide, FrameSide);
            canvas.DrawImage(picture, place, new SKSamplingOptions(SKCubicResampler.Mitchell));
        }
    }

    private static SKImage Picture(VideoFrames frames, int number)
    {
        ReadOnlySpan<byte> rgb = frames.Frame(number);
        byte[] rgba = new byte[rgb.Length / 3 * 4];
        for (int pixel = 0; pixel < rgb.Length / 3; pixel++)
        {
            rgb.Slice(pixel * 3, 3).CopyTo(rgba.AsSpan(pixel * 4));
            rgba[(pixel * 4) + 3] = 255;
        }

        var info = new SKImageInfo(frames.Format.Width, frames.Format.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKData data = SKData.CreateCopy(MemoryMarshal.AsBytes<byte>(rgba));
        return SKImage.FromPixels(info, data, info.RowBytes);
    }

    private static void DrawText(SKCanvas canvas, SKTypeface typeface, DemoSample sample, float x, float top)
    {
        using var font = new SKFont(typeface, 13) { Subpixel = true };
        using var paint = new SKPaint { IsAntialias = true };
        float y = top + 16;
        void Line(string label, string text, SKColor colour)
        {
            paint.Color = Faint;
            canvas.DrawText(label, x, y, SKTextAlign.Left, font, paint);
            paint.Color = colour;
            canvas.DrawText(text, x + 78, y, SKTextAlign.Left, font, paint);
            y += 21;
        }

        Line("action", sample.Result.Truth, Ink);
        if (sample.Result.Predicted is { } predicted)
        {
            string share = sample.Result.Probability is { } p
                ? string.Create(CultureInfo.InvariantCulture, $"  ({100 * p:0}%)")
                : "";
            Line("predicted", predicted + share, predicted == sample.Result.Truth ? Right : Wrong);
        }

        if (sample.Result.TrueCaption is { } truth)
        {
            Line("caption", truth, Ink);
            Line("generated", sample.Result.Caption ?? "", sample.Result.Caption == truth ? Right : Wrong);
        }
    }
}
