using SkiaSharp;

namespace TaskGrain.Synthesis;

/// <summary>Pictures of clips at a glance: a clip a row, frames across time.</summary>
internal static class ContactSheet
{
    private const int LabelHeight = 16;

    /// <summary>Draws a sheet.</summary>
    /// <param name="clips">One a row.</param>
    /// <param name="columns">Frames a row, evenly spread over the clip.</param>
    /// <param name="frameHeight">Lines of each frame.</param>
    /// <returns>A PNG file's bytes.</returns>
    public static byte[] Draw(IReadOnlyList<SyntheticClip> clips, int columns = 7, int frameHeight = 96)
    {
        ArgumentNullException.ThrowIfNull(clips);
        int frameWidth = frameHeight * 16 / 9,
            rowHeight = frameHeight + LabelHeight;
        using var sheet = new SKBitmap(
            new SKImageInfo(columns * frameWidth, clips.Count * rowHeight, SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        using var canvas = new SKCanvas(sheet);
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var font = new SKFont(SKTypeface.Default, 12);
        canvas.Clear(SKColors.White);
        for (int row = 0; row < clips.Count; row++)
        {
            SyntheticClip clip = clips[row];
            int width = Math.Min(frameWidth, clip.Format.Width * frameHeight / clip.Format.Height);
            int[] frames =
            [
                .. Enumerable.Range(0, columns).Select(i => i * (clip.FrameCount - 1) / Math.Max(1, columns - 1)),
            ];
            byte[] pixels = clip.RenderFrames(width, frameHeight, frames);
            for (int i = 0; i < columns; i++)
            {
                using SKBitmap picture = ToBitmap(pixels.AsSpan(i * width * frameHeight * 3), width, frameHeight);
                canvas.DrawBitmap(
                    picture,
                    (i * frameWidth) + ((frameWidth - width) / 2),
                    (row * rowHeight) + LabelHeight
                );
            }

            canvas.DrawText(
                $"{clip.Template}:  {clip.Annotation.Label}",
                3,
                (row * rowHeight) + 12,
                SKTextAlign.Left,
                font,
                paint
            );
        }

        using SKData data = sheet.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    internal static SKBitmap ToBitmap(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> to = bitmap.GetPixelSpan();
        for (int i = 0; i < width * height; i++)
        {
            to[4 * i] = rgb[3 * i];
            to[(4 * i) + 1] = rgb[(3 * i) + 1];
            to[(4 * i) + 2] = rgb[(3 * i) + 2];
            to[(4 * i) + 3] = 255;
        }

        return bitmap;
    }
}
