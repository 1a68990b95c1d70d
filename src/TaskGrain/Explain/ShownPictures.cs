using TaskGrain.Video;

namespace TaskGrain.Explain;

/// <summary>A video as it is shown under maps: of its own shape, small enough to be held, and fluent.</summary>
internal static class ShownPictures
{
    private const int Lines = 240;
    private const int FluentRate = 12;

    /// <summary>What the pictures of a video may take; a longer one is shown smaller and slower.</summary>
    private const long MostBytes = 400_000_000;

    /// <summary>Reads a video for showing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frames">The same video as the model reads it.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The pictures, at a multiple of the model's rate: every frame of the model is one of them.</returns>
    public static VideoFrames Read(string path, VideoFrames frames, CancellationToken cancel) =>
        VideoReader.Read(path, Format(VideoReader.PictureSize(path, cancel), frames), cancel);

    /// <summary>The format to show a video in.</summary>
    /// <param name="size">Size of its pictures.</param>
    /// <param name="frames">The same video as the model reads it.</param>
    public static FrameFormat Format((int Width, int Height) size, VideoFrames frames)
    {
        FrameRate rate = frames.Format.FramesPerSecond;
        int times = Math.Max(1, (int)(FluentRate / rate.Value));
        int height = Math.Min(Lines, size.Height);
        FrameFormat format = Of(height, times);
        while (Bytes(format) > MostBytes && (times > 1 || height > 32))
        {
            (height, times) = times > 1 ? (height, times - 1) : (height / 2, 1);
            format = Of(height, times);
        }

        return format;

        // Even numbers, which video formats ask for.
        FrameFormat Of(int lines, int multiple) =>
            new(
                Math.Clamp(2 * (int)Math.Round((double)size.Width * lines / size.Height / 2), 2, 4 * Lines),
                Math.Max(2, lines / 2 * 2),
                new FrameRate(rate.Numerator * multiple, rate.Denominator)
            );

        long Bytes(FrameFormat wanted) =>
            (long)(frames.Count / frames.Format.FramesPerSecond * wanted.FramesPerSecond * wanted.BytesPerFrame);
    }
}
