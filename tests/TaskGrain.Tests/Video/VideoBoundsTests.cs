using System.Buffers.Binary;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>What a small file can ask for is bounded, and short is not damaged.</summary>
public sealed class VideoBoundsTests
{
    private static readonly FrameFormat Small = new(32, 32, 12);

    [Theory]
    [InlineData("clip.mp4", "libx264")]
    [InlineData("clip.webm", "libvpx")]
    [InlineData("clip.jpg", "mjpeg")]
    [InlineData("clip.png", "png")]
    [InlineData("clip.gif", "gif")]
    public void A_single_picture_is_one_frame(string name, string codec)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        FfmpegProgram.Run("-f", "lavfi", "-i", FfmpegProgram.Pattern("25", "1"), "-frames:v", "1", "-c:v", codec, path);
        VideoFrames frames = VideoReader.Read(path, Small);
        Assert.Equal((1, null), (frames.Count, frames.Warning));
    }

    /// <summary>The header of an AVI file says how many seconds a picture takes; one number of it is changed.</summary>
    [Theory]
    [InlineData(44_000u)]
    [InlineData(590u)]
    [InlineData(uint.MaxValue)]
    public void An_AVI_whose_pictures_are_said_to_stand_for_hours(uint secondsOfPicture)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File("clip.avi"), "12", "1", "-c:v", "mpeg4");
        byte[] bytes = File.ReadAllBytes(path);
        int header = bytes.AsSpan().IndexOf("strh"u8) + 8;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header + 20), secondsOfPicture); // scale
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header + 24), 1); // rate
        File.WriteAllBytes(path, bytes);

        long before = GC.GetTotalAllocatedBytes();
        string said;
        try
        {
            VideoFrames frames = VideoReader.Read(path, new FrameFormat(128, 128, 12));
            Assert.InRange(frames.Count, 1, 12 * 600 * 12);
            said = frames.Warning ?? "";
        }
        catch (TaskGrainException fault)
        {
            said = fault.Message;
        }

        Assert.NotEmpty(said);
        Assert.True(secondsOfPicture < 600 || GC.GetTotalAllocatedBytes() - before < 600_000_000, "too much memory");
    }

    [Fact]
    public void More_frames_than_fit_are_refused_before_any_is_copied()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("clip.mkv");
        FfmpegProgram.Run("-f", "lavfi", "-i", "color=red:size=16x16:rate=0.01:duration=500", "-c:v", "ffv1", path);
        FrameFormat large = new(1024, 1024, 240); // a picture of 100 s is 75 GB

        long before = GC.GetTotalAllocatedBytes();
        var fault = Assert.Throws<TaskGrainException>(() => VideoReader.Read(path, large));

        Assert.Contains("longer than 682 frames", fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }

    [Theory]
    [InlineData(3345)]
    [InlineData(4096)]
    public void The_largest_frames_can_be_read(int side)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File("clip.mkv"), "12", "0.25", "-c:v", "libx264");
        Assert.Equal(3, VideoReader.Read(path, new FrameFormat(side, side, 12)).Count);
    }

    [Fact]
    public void A_pipe_is_refused_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "named pipes are files on Unix");
        using var folder = new TemporaryFolder();
        string pipe = folder.File("clip.webm");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        foreach (string path in (string[])[pipe, "/dev/zero"])
        {
            var read = Assert.Throws<TaskGrainException>(() => VideoReader.Read(path, Small));
            var live = Assert.Throws<TaskGrainException>(() => LiveVideo.Open(path, Small));
            Assert.Contains("is not a regular file", read.Message, StringComparison.Ordinal);
            Assert.Contains("regular file", live.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_not_called_damaged()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have modes on Unix");
            return;
        }

        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File("clip.mkv"), "12", "0.25", "-c:v", "libx264");
        if (!OperatingSystem.IsWindows())
        {
            // Root's group is still this process's, so that the group's right to enter counts and not the others'.
            File.SetUnixFileMode(
                folder.Path,
                File.GetUnixFileMode(folder.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            );
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        OrdinaryUser.Run(() =>
        {
            var fault = Assert.Throws<TaskGrainException>(() => VideoReader.Read(path, Small));
            Assert.Contains("cannot be opened: Permission denied", fault.Message, StringComparison.Ordinal);
        });
    }
}
