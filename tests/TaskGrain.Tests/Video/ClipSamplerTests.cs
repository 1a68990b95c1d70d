using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class ClipSamplerTests
{
    private static readonly ClipSampler Paper = new(new ClipSamplerOptions());

    [Fact]
    public void The_centre_clip_is_the_middle_of_the_video_and_of_the_frame()
    {
        ClipPlan plan = Paper.Centre(60, 128, 128);
        Assert.Equal(Enumerable.Range(6, 48), plan.Frames);
        Assert.Equal(new PixelRectangle(16, 16, 96, 96), plan.Crop);
        Assert.False(plan.Flipped);
    }

    [Fact]
    public void A_short_video_repeats_its_first_and_last_frame_half_each()
    {
        int[] frames = Paper.Centre(40, 128, 128).Frames;
        Assert.Equal([0, 0, 0, 0, .. Enumerable.Range(0, 40), 39, 39, 39, 39], frames);
        Assert.Equal(frames, Paper.Training(40, 128, 128, new SeededRandom(1)).Frames);

        // Of an odd number the extra repeat is the last frame's or the first's, one more or less.
        frames = Paper.Centre(45, 128, 128).Frames;
        Assert.InRange(frames.Count(frame => frame == 0), 2, 3);
        Assert.Equal(48, frames.Length);
        Assert.Equal(44, frames[^1]);
    }

    [Fact]
    public void A_video_of_one_frame_is_that_frame_48_times() =>
        Assert.All(Paper.Training(1, 128, 128, new SeededRandom(2)).Frames, frame => Assert.Equal(0, frame));

    [Fact]
    public void Training_clips_are_consecutive_and_reach_every_start_and_crop()
    {
        var random = new SeededRandom(1);
        var starts = new HashSet<int>();
        var columns = new HashSet<int>();
        var rows = new HashSet<int>();
        for (int i = 0; i < 2000; i++)
        {
            ClipPlan plan = Paper.Training(60, 128, 110, random);
            Assert.Equal(Enumerable.Range(plan.Frames[0], 48), plan.Frames);
            Assert.True(plan.Crop.FitsInto(128, 110));
            Assert.False(plan.Flipped);
            starts.Add(plan.Frames[0]);
            columns.Add(plan.Crop.X);
            rows.Add(plan.Crop.Y);
        }

        Assert.Equal(13, starts.Count);
        Assert.Equal(33, columns.Count);
        Assert.Equal(15, rows.Count);
    }

    [Fact]
    public void A_stride_skips_frames()
    {
        var sampler = new ClipSampler(
            new ClipSamplerOptions
            {
                Frames = 4,
                FrameStride = 3,
                CropSize = 8,
            }
        );
        Assert.Equal([5, 8, 11, 14], sampler.Centre(20, 8, 8).Frames);
        Assert.Equal([0, 1, 4, 5], sampler.Centre(6, 8, 8).Frames);
    }

    [Fact]
    public void Flips_change_nothing_else_and_hit_half_of_the_clips()
    {
        var flipping = new ClipSampler(new ClipSamplerOptions { Flip = true });
        int flips = 0;
        for (ulong seed = 0; seed < 1000; seed++)
        {
            ClipPlan plain = Paper.Training(70, 128, 128, new SeededRandom(seed));
            ClipPlan plan = flipping.Training(70, 128, 128, new SeededRandom(seed));
            Assert.Equal(plain.Frames, plan.Frames);
            Assert.Equal(plain.Crop, plan.Crop);
            flips += plan.Flipped ? 1 : 0;
        }

        Assert.InRange(flips, 430, 570);
        Assert.False(flipping.Centre(70, 128, 128).Flipped);
    }

    [Fact]
    public void Impossible_options_are_refused_all_at_once()
    {
        string fault = Assert
            .Throws<TaskGrainException>(() =>
                new ClipSampler(
                    new ClipSamplerOptions
                    {
                        Frames = 0,
                        FrameStride = 0,
                        CropSize = -1,
                    }
                )
            )
            .Message;
        Assert.Contains("frames is 0", fault, StringComparison.Ordinal);
        Assert.Contains("stride is 0", fault, StringComparison.Ordinal);
        Assert.Contains("crop size is -1", fault, StringComparison.Ordinal);
        Assert.Contains(
            "96×96",
            Assert.Throws<TaskGrainException>(() => Paper.Centre(50, 128, 90)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_mirrored_frame_has_its_pixels_in_reverse_and_its_colours_in_place()
    {
        byte[] pixels =
        [
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9, /* second row */
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
        ];
        FrameMirror.LeftToRight(pixels, 3);
        Assert.Equal([7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13], pixels);
        Assert.Throws<ArgumentException>(() => FrameMirror.LeftToRight(pixels, 4));
    }

    [Fact]
    public void Speed_jitter_spreads_or_packs_the_frames_of_training_clips_alone()
    {
        var options = new ClipSamplerOptions
        {
            Frames = 11,
            CropSize = 8,
            SpeedJitter = 1,
        };
        var sampler = new ClipSampler(options);
        var random = new SeededRandom(3);
        int[] spans =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(_ => sampler.Training(100, 20, 16, random))
                .Select(p => p.Frames[^1] - p.Frames[0]),
        ];

        // Ten steps at half to double speed, both sides of the true one.
        Assert.All(spans, span => Assert.InRange(span, 5, 20));
        Assert.Contains(spans, span => span < 8);
        Assert.Contains(spans, span => span > 14);
        Assert.Equal([.. Enumerable.Range(44, 11)], sampler.Centre(99, 20, 16).Frames);
    }

    [Fact]
    public void Colour_jitter_keeps_its_bounds_and_leaves_test_clips_alone()
    {
        var options = new ClipSamplerOptions
        {
            Frames = 2,
            CropSize = 8,
            ColourJitter = 0.5,
        };
        var sampler = new ClipSampler(options);
        var random = new SeededRandom(4);
        ClipColour[] colours =
        [
            .. Enumerable.Range(0, 200).Select(_ => sampler.Training(9, 20, 16, random).Colour!.Value),
        ];

        // Contrast up to 1.5 times, each colour up to 1.25 times more.
        Assert.All(colours, c => Assert.InRange(c.Red, 1 / (1.5 * 1.25), 1.5 * 1.25));
        Assert.Contains(colours, c => c.Red > c.Blue * 1.1);
        Assert.Contains(colours, c => c.Shift < -20);
        Assert.Contains(colours, c => c.Shift > 20);
        Assert.Null(sampler.Centre(9, 20, 16).Colour);
    }

    [Fact]
    public void Options_that_are_off_leave_the_random_stream_as_it_was()
    {
        var options = new ClipSamplerOptions { Frames = 4, CropSize = 8 };
        ClipPlan plain = new ClipSampler(options).Training(30, 20, 16, new SeededRandom(5));
        ClipPlan coloured = new ClipSampler(options with { ColourJitter = 0.3 }).Training(
            30,
            20,
            16,
            new SeededRandom(5)
        );

        Assert.Equal(plain.Frames, coloured.Frames);
        Assert.Equal(plain.Crop, coloured.Crop);
    }
}
