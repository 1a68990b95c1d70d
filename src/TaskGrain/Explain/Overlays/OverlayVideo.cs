using SkiaSharp;
using TaskGrain.Video;

namespace TaskGrain.Explain.Overlays;

/// <summary>A moving picture of an explanation: a tile a map, its label under it.</summary>
internal static class OverlayVideo
{
    private const int LabelHeight = 20;
    private const int MostColumns = 4;

    /// <summary>Frames of a single map are drawn larger than those of many.</summary>
    private const int SmallestSingle = 240;

    /// <summary>Writes the video.</summary>
    public static void Write(string path, Explanation explanation, OverlayOptions? options, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OverlayOptions();
        options.Validate();
        VideoEncoder.Require(path);
        VideoEncoder.Write(path, Draw(explanation, options, cancel), cancel);
    }

    /// <summary>Draws the frames.</summary>
    public static VideoFrames Draw(Explanation explanation, OverlayOptions options, CancellationToken cancel = default)
    {
        ExplainedFrames shown = explanation.Shown;
        int maps = explanation.Maps.Count;
        int columns = maps <= MostColumns ? Math.Max(1, maps) : (int)Math.Ceiling(Math.Sqrt(maps));
        int rows = Math.Max(1, (maps + columns - 1) / columns);
        FrameFormat format = shown.Pictures.Format;
        int height = maps == 1 ? Math.Max(SmallestSingle, options.FrameHeight) : options.FrameHeight;
        int width = Math.Max(2, (int)Math.Round((double)height * format.Width / format.Height));

        // Even numbers, which video formats ask for.
        int fullWidth = (columns * width) + 1 & ~1;
        int fullHeight = (rows * (height + LabelHeight)) + 1 & ~1;
        var moments = shown.Through().ToArray();
        var result = new FrameFormat(fullWidth, fullHeight, format.FramesPerSecond);
        result.Validate();
        byte[] pixels = new byte[(long)moments.Length * result.BytesPerFrame];
        using var heat = new HeatPainter(options);
        using SKTypeface typeface = SKTypeface.FromFamilyName("DejaVu Sans") ?? SKTypeface.Default;
        using var font = new SKFont(typeface, 13) { Subpixel = true };
        using var ink = new SKPaint { Color = SKColors.White, IsAntialias = true };
        using var bitmap = new SKBitmap(
            new SKImageInfo(fullWidth, fullHeight, SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        using var canvas = new SKCanvas(bitmap);
        for (int i = 0; i < moments.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            (int picture, int left, int right, float share) = moments[i];
            canvas.Clear(SKColors.Black);
            for (int tile = 0; tile < Math.Max(1, maps); tile++)
            {
                var place = SKRect.Create(
                    tile % columns * width,
                    tile / columns * (height + LabelHeight),
                    width,
                    height
                );
                HeatPainter.DrawFrame(canvas, shown.Pictures, picture, place);
                if (maps == 0)
                {
                    continue;
                }

                SaliencyMap map = explanation.Maps[tile];
                heat.DrawMap(canvas, Between(map, left, right, share), map.Width, place, shown.Seen);
                canvas.Save();
                canvas.ClipRect(SKRect.Create(place.Left, place.Bottom, width, LabelHeight));
                canvas.DrawText(map.Label, place.Left + 4, place.Bottom + 14, SKTextAlign.Left, font, ink);
                canvas.Restore();
            }

            canvas.Flush();
            Pack(bitmap.GetPixelSpan(), pixels.AsSpan(i * result.BytesPerFrame, result.BytesPerFrame));
        }

        return new VideoFrames(result, pixels);
    }

    private static float[] Between(SaliencyMap map, int left, int right, float share)
    {
        float[] from = map.Frame(left);
        if (share == 0)
        {
            return from;
        }

        float[] to = map.Frame(right);
        return [.. from.Zip(to, (a, b) => a + ((b - a) * share))];
    }

    private static void Pack(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int i = 0; i < rgb.Length / 3; i++)
        {
            rgba.Slice(4 * i, 3).CopyTo(rgb.Slice(3 * i, 3));
        }
    }
}
