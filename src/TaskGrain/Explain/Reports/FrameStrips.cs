using SkiaSharp;
using TaskGrain.Explain.Overlays;
using TaskGrain.Video;

namespace TaskGrain.Explain.Reports;

/// <summary>Draws frames of a clip side by side, plain or with a map over them.</summary>
internal static class FrameStrips
{
    private const int Quality = 72;

    /// <summary>Numbers spread evenly from the first to the last.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="wanted">How many are wanted; all where there are fewer.</param>
    public static int[] Spread(int count, int wanted)
    {
        int taken = Math.Min(count, wanted);
        return
        [
            .. Enumerable
                .Range(0, taken)
                .Select(i => taken == 1 ? 0 : (int)Math.Round(i * (count - 1.0) / (taken - 1))),
        ];
    }

    /// <summary>Draws some frames.</summary>
    /// <param name="frames">The clip.</param>
    /// <param name="numbers">Which frames, at least one.</param>
    /// <param name="height">Pixels down.</param>
    public static FrameStrip Plain(VideoFrames frames, IReadOnlyList<int> numbers, int height) =>
        Draw(frames, numbers, height, (_, _, _) => { });

    /// <summary>Draws the frames of an explanation, with one of its maps over them.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="map">One of its maps; null for the frames alone.</param>
    /// <param name="wanted">Frames wanted.</param>
    /// <param name="height">Pixels down.</param>
    public static FrameStrip Explained(Explanation explanation, SaliencyMap? map, int wanted, int height)
    {
        ExplainedFrames shown = explanation.Shown;
        int[] steps = Spread(shown.Times.Count, wanted);
        using var heat = new HeatPainter(new OverlayOptions());
        return Draw(
            shown.Pictures,
            [.. steps.Select(step => shown.PictureAt(shown.Times[step]))],
            height,
            (canvas, place, at) =>
            {
                if (map is not null)
                {
                    heat.DrawMap(canvas, map.Frame(steps[at]), map.Width, place, shown.Seen);
                }
            }
        );
    }

    private static FrameStrip Draw(
        VideoFrames frames,
        IReadOnlyList<int> numbers,
        int height,
        Action<SKCanvas, SKRect, int> over
    )
    {
        int width = Math.Clamp(
            (int)Math.Round((double)height * frames.Format.Width / frames.Format.Height),
            1,
            4 * height
        );
        using var surface = SKSurface.Create(new SKImageInfo(width * numbers.Count, height));
        for (int i = 0; i < numbers.Count; i++)
        {
            var place = SKRect.Create(i * width, 0, width, height);
            surface.Canvas.Save();
            surface.Canvas.ClipRect(place);
            HeatPainter.DrawFrame(surface.Canvas, frames, numbers[i], place);
            over(surface.Canvas, place, i);
            surface.Canvas.Restore();
        }

        using SKImage image = surface.Snapshot();
        using SKData jpeg = image.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return new FrameStrip(jpeg.ToArray(), numbers.Count, width, height);
    }
}
