using TaskGrain.Video;

namespace TaskGrain.Tests.Data;

public sealed class EvenClipsTests
{
    private static readonly ClipSampler Sampler = new(
        new ClipSamplerOptions
        {
            Frames = 4,
            FrameStride = 2,
            CropSize = 6,
        }
    );

    [Fact]
    public void One_clip_is_the_centre_clip()
    {
        ClipPlan one = Assert.Single(Sampler.Evenly(20, 10, 8, 1));

        Assert.Equal(Sampler.Centre(20, 10, 8).Frames, one.Frames);
        Assert.Equal(Sampler.Centre(20, 10, 8).Crop, one.Crop);
    }

    [Fact]
    public void Several_reach_from_the_first_frame_to_the_last()
    {
        IReadOnlyList<ClipPlan> clips = Sampler.Evenly(20, 10, 8, 3);

        // A clip spans 7 frames, so the starts lie from 0 to 13.
        Assert.Equal(
            [
                [0, 2, 4, 6],
                [6, 8, 10, 12],
                [13, 15, 17, 19],
            ],
            clips.Select(c => c.Frames)
        );
        Assert.All(clips, c => Assert.Equal(new PixelRectangle(2, 1, 6, 6), c.Crop));
        Assert.All(clips, c => Assert.False(c.Flipped));
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(7, 1)]
    [InlineData(1, 1)]
    public void A_short_video_gives_as_many_different_clips_as_it_has(int frames, int expected) =>
        Assert.Equal(
            expected,
            Sampler.Evenly(frames, 10, 8, 5).Select(c => c.Frames[0] * 1000 + c.Frames[^1]).Distinct().Count()
        );

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler.Evenly(20, 10, 8, 0));
        Assert.Throws<TaskGrainException>(() => Sampler.Evenly(20, 5, 8, 3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copied_clip_holds_the_planned_pixels(bool flipped)
    {
        var format = new FrameFormat(5, 4, 12);
        byte[] pixels = [.. Enumerable.Range(0, 3 * format.BytesPerFrame).Select(i => (byte)i)];
        var plan = new ClipPlan([2, 0], new PixelRectangle(1, 2, 3, 2), flipped);
        byte[] clip = new byte[2 * 2 * 3 * 3];

        new VideoFrames(format, pixels).CopyClip(plan, clip);

        for (int t = 0; t < 2; t++)
        {
            for (int y = 0; y < 2; y++)
            {
                for (int x = 0; x < 3; x++)
                {
                    int column = 1 + (flipped ? 2 - x : x);
                    int source = (((plan.Frames[t] * 4) + 2 + y) * 5 * 3) + (column * 3);
                    Assert.Equal(pixels[source..(source + 3)], clip.AsSpan((((t * 2) + y) * 9) + (x * 3), 3).ToArray());
                }
            }
        }
    }

    [Fact]
    public void A_clip_that_does_not_fit_is_refused()
    {
        var frames = new VideoFrames(new FrameFormat(5, 4, 12), new byte[60]);

        Assert.Throws<ArgumentException>(() =>
            frames.CopyClip(new ClipPlan([0], new PixelRectangle(3, 0, 3, 2), false), new byte[18])
        );
        Assert.Throws<ArgumentException>(() =>
            frames.CopyClip(new ClipPlan([0], new PixelRectangle(0, 0, 3, 2), false), new byte[17])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            frames.CopyClip(new ClipPlan([1], new PixelRectangle(0, 0, 3, 2), false), new byte[18])
        );
    }
}
