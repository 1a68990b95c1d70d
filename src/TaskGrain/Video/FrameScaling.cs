namespace TaskGrain.Video;

/// <summary>
/// Brings decoded frames to a smaller size and a lower rate, so that several networks can look at a video that was
/// decoded once. A pixel is the average of the area it covers, as the decoder's own scaling does it.
/// </summary>
internal static class FrameScaling
{
    private const int Channels = 3;

    /// <summary>
    /// A share of a frame this near to a whole one is a whole one: rates such as 1/12 have no exact double.
    /// </summary>
    private const double Exact = 1e-6;

    /// <summary>The smallest format that all of some formats can be made of.</summary>
    /// <param name="formats">At least one.</param>
    public static FrameFormat Covering(IReadOnlyList<FrameFormat> formats) =>
        new(
            formats.Max(format => format.Width),
            formats.Max(format => format.Height),
            formats.MaxBy(format => format.FramesPerSecond.Value)!.FramesPerSecond
        );

    /// <summary>Scales a video.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="format">Size and rate wanted, at most those of the frames.</param>
    /// <returns>
    /// Frames of that format, each the last one shown at its time; the same object where the formats agree.
    /// </returns>
    public static VideoFrames To(VideoFrames frames, FrameFormat format)
    {
        if (frames.Format == format)
        {
            return frames;
        }

        double step = frames.Format.FramesPerSecond.Value / format.FramesPerSecond.Value;
        int count = Math.Max(1, (int)Math.Round(frames.Count / step));
        byte[] pixels = new byte[count * format.BytesPerFrame];
        Cover[] columns = Covers(frames.Format.Width, format.Width);
        Cover[] rows = Covers(frames.Format.Height, format.Height);
        float[] narrow = new float[frames.Format.Height * format.Width * Channels];
        for (int i = 0; i < count; i++)
        {
            int from = Math.Min((int)((i * step) + Exact), frames.Count - 1);
            Narrow(frames.Frame(from), frames.Format.Width, columns, narrow);
            Lower(narrow, format.Width * Channels, rows, pixels.AsSpan(i * format.BytesPerFrame));
        }

        return new VideoFrames(format, pixels, frames.Warning);
    }

    private static void Narrow(ReadOnlySpan<byte> frame, int width, Cover[] columns, float[] to)
    {
        int at = 0;
        for (int row = 0; row < frame.Length; row += width * Channels)
        {
            foreach (Cover cover in columns)
            {
                float red = 0;
                float green = 0;
                float blue = 0;
                for (int k = 0; k < cover.Weights.Length; k++)
                {
                    int pixel = row + ((cover.First + k) * Channels);
                    red += cover.Weights[k] * frame[pixel];
                    green += cover.Weights[k] * frame[pixel + 1];
                    blue += cover.Weights[k] * frame[pixel + 2];
                }

                (to[at], to[at + 1], to[at + 2]) = (red, green, blue);
                at += Channels;
            }
        }
    }

    private static void Lower(float[] narrow, int rowLength, Cover[] rows, Span<byte> to)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            Cover cover = rows[row];
            for (int x = 0; x < rowLength; x++)
            {
                float sum = 0;
                for (int k = 0; k < cover.Weights.Length; k++)
                {
                    sum += cover.Weights[k] * narrow[((cover.First + k) * rowLength) + x];
                }

                to[(row * rowLength) + x] = (byte)Math.Clamp((int)(sum + 0.5f), 0, byte.MaxValue);
            }
        }
    }

    /// <summary>The old pixels that each new one covers, with the share of each.</summary>
    private static Cover[] Covers(int from, int to)
    {
        var covers = new Cover[to];
        double size = (double)from / to;
        for (int i = 0; i < to; i++)
        {
            double start = i * size;
            double end = start + size;
            int first = (int)(start + Exact);
            int last = Math.Min((int)Math.Ceiling(end - Exact), from);
            float[] weights = new float[Math.Max(1, last - first)];
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] = (float)((Math.Min(end, first + k + 1) - Math.Max(start, first + k)) / size);
            }

            covers[i] = new Cover(first, weights);
        }

        return covers;
    }

    private sealed record Cover(int First, float[] Weights);
}
