using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>Pieces of streams joined byte by byte, and streams whose time jumps.</summary>
public sealed class JoinedStreamTests
{
    private static readonly FrameFormat Small = new(48, 32, 12);

    /// <summary>Seconds at which two pieces of 1 s begin: again, overlapping, far ahead, far back.</summary>
    [Theory]
    [InlineData("clip.ts", "libx264", "0", "0")]
    [InlineData("clip.ts", "libx264", "0", "0.5")]
    [InlineData("clip.ts", "libx264", "2", "302")]
    [InlineData("clip.ts", "libx264", "7200", "0")]
    [InlineData("clip.ts", "mpeg2video", "0", "3600")]
    [InlineData("clip.mpg", "mpeg2video", "0", "0")]
    [InlineData("clip.mpg", "mpeg2video", "5", "900")]
    public void Give_all_their_frames_one_piece_after_the_other(string name, string codec, string first, string second)
    {
        using var folder = new TemporaryFolder();
        byte[] Piece(string start, string colour)
        {
            string piece = folder.File(start + colour + name);
            FfmpegProgram.Run(
                "-f",
                "lavfi",
                "-i",
                FfmpegProgram.Pattern("25", "1") + $",hue=h={colour}",
                "-output_ts_offset",
                start,
                "-c:v",
                codec,
                piece
            );
            return File.ReadAllBytes(piece);
        }

        string joined = folder.File(name);
        File.WriteAllBytes(joined, [.. Piece(first, "0"), .. Piece(second, "120")]);

        VideoFrames frames = VideoReader.Read(joined, Small);

        Assert.Equal(24, frames.Count);
        FrameAssert.Alike(FfmpegProgram.Frames(joined, Small), frames);
        Assert.Null(frames.Warning);
    }

    /// <summary>The program (5.1) takes the reordered pictures for jumps and gives other frames.</summary>
    [Fact]
    public void A_transport_stream_of_variable_rate_has_the_frames_it_has_in_MP4()
    {
        using var folder = new TemporaryFolder();
        VideoFrames Read(string name)
        {
            FfmpegProgram.Run(
                "-f",
                "lavfi",
                "-i",
                FfmpegProgram.Pattern("30", "4"),
                "-vf",
                "select='not(mod(n\\,5))+gt(n\\,60)'",
                "-vsync",
                "vfr",
                "-c:v",
                "libx264",
                "-bf",
                "3",
                folder.File(name)
            );
            return VideoReader.Read(folder.File(name), Small);
        }

        FrameAssert.Alike(Read("clip.mp4").Pixels.ToArray(), Read("clip.ts"));
    }

    [Theory]
    [InlineData("clip.h264", "libx264", "2")]
    [InlineData("clip.h264", "libx264", "3")]
    [InlineData("clip.m4v", "mpeg4", "2")]
    [InlineData("clip.m2v", "mpeg2video", "2")]
    [InlineData("clip.mjpeg", "mjpeg", "0")]
    [InlineData("clip.hevc", "libx265", "3")]
    public void A_bare_stream_with_reordered_pictures(string name, string codec, string reordered)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File(name), "25", "1.2", "-c:v", codec, "-bf", reordered);
        FrameAssert.Alike(FfmpegProgram.Frames(path, Small), VideoReader.Read(path, Small));
    }
}
