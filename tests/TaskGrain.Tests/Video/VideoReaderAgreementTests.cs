using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>The reader's frames are the ffmpeg program's frames.</summary>
public sealed class VideoReaderAgreementTests
{
    private static readonly FrameFormat Small = new(48, 32, 12);

    [Theory]
    [InlineData("166766.webm")]
    [InlineData("arm_wrestling.mp4")]
    [InlineData("part_0.mp4")]
    [InlineData("test.avi")]
    public void Real_clips(string name)
    {
        string path = TestData.Clip(name);
        FrameAssert.Alike(FfmpegProgram.Frames(path, FrameFormat.Paper), VideoReader.Read(path, FrameFormat.Paper));
    }

    [Fact]
    public void The_real_clip_has_49_frames_not_48() =>
        Assert.Equal(49, VideoReader.Read(TestData.Clip("166766.webm"), FrameFormat.Paper).Count);

    [Theory]
    [InlineData("15", "1")]
    [InlineData("24", "1.5")]
    [InlineData("25", "1.48")]
    [InlineData("30000/1001", "2")]
    [InlineData("30", "0.9")]
    [InlineData("60", "1.25")]
    [InlineData("7", "2.3")]
    [InlineData("12", "0.08")]
    public void Rates_and_durations_in_every_container(string rate, string seconds)
    {
        using var folder = new TemporaryFolder();
        foreach (
            string[] kind in (string[][])
                [
                    ["clip.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"],
                    ["clip.webm", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"],
                    ["clip.avi", "-c:v", "mpeg4", "-bf", "2"],
                    ["clip.flv", "-c:v", "flv1"],
                    ["clip.gif"],
                ]
        )
        {
            string path = FfmpegProgram.Clip(folder.File(kind[0]), rate, seconds, kind[1..]);
            FrameAssert.Alike(FfmpegProgram.Frames(path, Small), VideoReader.Read(path, Small));
        }
    }

    [Theory]
    [InlineData("clip.mp4", 12)]
    [InlineData("clip.mkv", 12)]
    [InlineData("clip.mkv", 29.97)]
    [InlineData("clip.mp4", 5)]
    public void Variable_rate(string name, double framesPerSecond)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            FfmpegProgram.Pattern("30", "3"),
            "-vf",
            "select='not(mod(n*n\\,7))+lt(n\\,10)'",
            "-vsync",
            "vfr",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            path
        );
        FrameFormat format = Small with { FramesPerSecond = FrameRate.Of(framesPerSecond) };
        FrameAssert.Alike(FfmpegProgram.Frames(path, format), VideoReader.Read(path, format));
    }

    [Theory]
    [InlineData("clip.mkv")]
    [InlineData("clip.ts")]
    public void A_start_time_that_is_not_zero(string name)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(
            folder.File(name),
            "25",
            "1.2",
            "-output_ts_offset",
            "3.21",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-bf",
            "2"
        );
        FrameAssert.Alike(FfmpegProgram.Frames(path, Small), VideoReader.Read(path, Small));
    }

    [Theory]
    [InlineData("0.7")]
    [InlineData("-0.3")]
    public void Sound_that_starts_before_or_after_the_picture(string videoDelay)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("clip.mkv");
        FfmpegProgram.Run(
            "-itsoffset",
            videoDelay,
            "-f",
            "lavfi",
            "-i",
            FfmpegProgram.Pattern("25", "1"),
            "-f",
            "lavfi",
            "-i",
            "sine=duration=2",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "pcm_s16le",
            path
        );
        FrameAssert.Alike(FfmpegProgram.Frames(path, Small), VideoReader.Read(path, Small));
    }

    /// <summary>
    /// Formats whose times may jump are counted from the start of the picture, others from that of the file.
    /// </summary>
    [Theory]
    [InlineData("clip.ts", "libx264")]
    [InlineData("clip.mpg", "mpeg2video")]
    [InlineData("clip.mp4", "libx264")]
    public void Sound_beside_the_picture(string name, string codec)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        FfmpegProgram.Run(
            "-itsoffset",
            "0.167",
            "-f",
            "lavfi",
            "-i",
            FfmpegProgram.Pattern("24", "0.757"),
            "-f",
            "lavfi",
            "-i",
            "sine=duration=1.9",
            "-c:v",
            codec,
            path
        );
        VideoFrames frames = VideoReader.Read(path, Small);
        FrameAssert.Alike(FfmpegProgram.Frames(path, Small), frames);
        Assert.Null(frames.Warning);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("180")]
    [InlineData("270")]
    public void A_picture_marked_as_rotated_is_turned_upright(string degrees)
    {
        using var folder = new TemporaryFolder();
        string upright = FfmpegProgram.Clip(
            folder.File("upright.mp4"),
            "12",
            "0.5",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast"
        );
        string path = folder.File("rotated.mp4");
        FfmpegProgram.Run("-i", upright, "-c", "copy", "-metadata:s:v:0", $"rotate={degrees}", path);

        byte[] expected = FfmpegProgram.Frames(path, Small);
        VideoFrames actual = VideoReader.Read(path, Small);

        FrameAssert.Alike(expected, actual);
        Assert.True(
            FrameAssert.Difference(FfmpegProgram.Frames(upright, Small), actual.Pixels.Span) > 5,
            "it is not turned at all"
        );
    }

    [Fact]
    public void A_picture_that_changes_its_size()
    {
        using var folder = new TemporaryFolder();
        string first = FfmpegProgram.Clip(folder.File("a.ts"), "25", "0.6", "-c:v", "mpeg2video");
        string second = folder.File("b.ts");
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            FfmpegProgram.Pattern("25", "0.6", "64x96"),
            "-c:v",
            "mpeg2video",
            "-output_ts_offset",
            "0.6",
            second
        );
        string both = folder.File("both.ts");
        File.WriteAllBytes(both, [.. File.ReadAllBytes(first), .. File.ReadAllBytes(second)]);

        // After a change of size the ffmpeg program (5.1) scales with its default filter instead of the one asked for,
        // hence the wider limit; the reader goes on with the same filter.
        FrameAssert.Alike(FfmpegProgram.Frames(both, Small), VideoReader.Read(both, Small), limit: 6);
    }

    [Theory]
    [InlineData("clip.h264", "libx264")]
    [InlineData("clip.m4v", "mpeg4")]
    public void A_bare_stream_without_times(string name, string codec)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File(name), "25", "1", "-c:v", codec, "-bf", "0");
        FrameAssert.Alike(FfmpegProgram.Frames(path, Small), VideoReader.Read(path, Small));
    }

    [Theory]
    [InlineData("yuvj420p")]
    [InlineData("yuv444p")]
    [InlineData("gray")]
    public void Pixel_formats(string pixelFormat)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File("clip.mkv"), "12", "0.5", "-pix_fmt", pixelFormat, "-c:v", "ffv1");
        FrameAssert.Alike(FfmpegProgram.Frames(path, Small), VideoReader.Read(path, Small));
    }
}
