using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class FrameScalingTests
{
    [Fact]
    public void A_pixel_is_the_average_of_the_area_it_covers()
    {
        // One row of three grey pixels becomes two: each covers one pixel and a half.
        VideoFrames scaled = FrameScaling.To(Grey(3, 1, 12, [30, 60, 90]), new FrameFormat(2, 1, 12));

        // (30 + 60/2) / 1.5 and (60/2 + 90) / 1.5
        Assert.Equal([40, 40, 40, 80, 80, 80], scaled.Pixels.ToArray());
    }

    [Fact]
    public void Rows_are_averaged_like_columns()
    {
        VideoFrames scaled = FrameScaling.To(Grey(1, 4, 12, [10, 20, 100, 110]), new FrameFormat(1, 2, 12));

        Assert.Equal([15, 15, 15, 105, 105, 105], scaled.Pixels.ToArray());
    }

    [Fact]
    public void A_lower_rate_shows_the_last_frame_of_its_time()
    {
        // Five frames a second become two: at 0 and 0.5 s, where frame 2 (from 0.4 s on) is shown.
        VideoFrames scaled = FrameScaling.To(Grey(1, 1, 5, [0, 10, 20, 30, 40]), new FrameFormat(1, 1, 2));

        Assert.Equal(2, scaled.Count);
        Assert.Equal([0, 20], new[] { scaled.Frame(0)[0], scaled.Frame(1)[0] }.Select(value => (int)value));
    }

    [Fact]
    public void A_third_of_the_rate_takes_every_third_frame()
    {
        byte[] values = [.. Enumerable.Range(0, 36).Select(i => (byte)i)];

        VideoFrames scaled = FrameScaling.To(Grey(1, 1, 12, values), new FrameFormat(1, 1, 4));

        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => 3 * i),
            Enumerable.Range(0, scaled.Count).Select(i => (int)scaled.Frame(i)[0])
        );
    }

    [Fact]
    public void The_smallest_format_that_holds_others_has_the_largest_of_each()
    {
        Assert.Equal(
            new FrameFormat(84, 224, 12),
            FrameScaling.Covering([new FrameFormat(84, 84, 4), new FrameFormat(64, 48, 12), new FrameFormat(1, 224, 1)])
        );
    }

    private static VideoFrames Grey(int width, int height, int rate, byte[] values) =>
        new(new FrameFormat(width, height, rate), values.SelectMany(value => new[] { value, value, value }).ToArray());
}
