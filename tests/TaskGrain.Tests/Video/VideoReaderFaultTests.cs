using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>Files that are not what they should be: a clear error that names them, or frames and a warning.</summary>
public sealed class VideoReaderFaultTests
{
    private static readonly FrameFormat Small = new(32, 32, 12);

    [Fact]
    public void A_missing_file() => AssertRefused("/nowhere/clip.webm", "no such file");

    [Fact]
    public void An_empty_file() => WithFile("clip.webm", [], path => AssertRefused(path, "empty"));

    [Fact]
    public void A_folder_without_pictures()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Path, "no JPEG or PNG");
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("notes.mp4")]
    [InlineData("notes.json")]
    public void Text(string name) =>
        WithFile(name, "These are notes.\n[{\"id\": 1}]\n"u8.ToArray(), path => AssertRefused(path, "video"));

    [Fact]
    public void Noise()
    {
        var random = new SeededRandom(1);
        byte[] noise = [.. Enumerable.Range(0, 100_000).Select(_ => (byte)random.NextUInt64())];
        WithFile("clip.mp4", noise, path => AssertRefused(path, "not a video file"));
    }

    [Fact]
    public void Sound_only()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("sound.mp4");
        FfmpegProgram.Run("-f", "lavfi", "-i", "sine=duration=1", path);
        AssertRefused(path, "no video stream");
    }

    [Fact]
    public void Sound_with_a_cover_picture()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("sound.mp3");
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            "sine=duration=1",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=64x64:duration=0.04:rate=25",
            "-map",
            "0",
            "-map",
            "1",
            "-c:v",
            "png",
            "-disposition:v",
            "attached_pic",
            path
        );
        AssertRefused(path, "no video stream");
    }

    [Theory]
    [InlineData("clip.webm", "libvpx")]
    [InlineData("clip.mp4", "libx264")]
    [InlineData("clip.avi", "mpeg4")]
    [InlineData("clip.ts", "mpeg2video")]
    public void A_file_cut_off_anywhere_gives_an_error_or_fewer_frames(string name, string codec)
    {
        using var folder = new TemporaryFolder();
        string whole = FfmpegProgram.Clip(folder.File(name), "12", "4", "-c:v", codec, "-g", "12");
        byte[] bytes = File.ReadAllBytes(whole);
        string path = folder.File("cut-" + name);
        int warned = 0;
        for (int tenths = 0; tenths < 10; tenths++)
        {
            File.WriteAllBytes(path, bytes[..(bytes.Length * tenths / 10)]);
            try
            {
                VideoFrames frames = VideoReader.Read(path, Small);
                Assert.InRange(frames.Count, 1, 48);
                warned += frames.Warning is null ? 0 : 1;
                Assert.True(
                    frames.Count > 42 || frames.Warning is not null || name is "clip.ts",
                    $"{frames.Count} frames of 48 without a warning"
                );
            }
            catch (TaskGrainException fault)
            {
                Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
            }
        }

        // An MP4 file has its table of contents at the end, without which nothing can be had.
        Assert.True(warned > 0 || name is "clip.mp4" or "clip.ts", "no truncated file gave frames and a warning");
        Assert.Null(VideoReader.Read(whole, Small).Warning);
    }

    [Fact]
    public void A_truncated_MP4_for_streaming_gives_frames_and_a_warning()
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(
            folder.File("clip.mp4"),
            "12",
            "4",
            "-c:v",
            "libx264",
            "-movflags",
            "faststart"
        );
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        VideoFrames frames = VideoReader.Read(path, Small);
        Assert.InRange(frames.Count, 5, 40);
        Assert.NotNull(frames.Warning);
    }

    [Theory]
    [InlineData("clip.webm", "libvpx-vp9")]
    [InlineData("clip.mp4", "libx264")]
    [InlineData("clip.avi", "mpeg4")]
    [InlineData("clip.gif", "gif")]
    public void Damaged_bytes_never_crash_or_hang(string name, string codec)
    {
        using var folder = new TemporaryFolder();
        byte[] sound = File.ReadAllBytes(FfmpegProgram.Clip(folder.File(name), "12", "1", "-c:v", codec));
        string path = folder.File("damaged-" + name);
        var random = new SeededRandom(7);
        for (int round = 0; round < 40; round++)
        {
            byte[] bytes = [.. sound];
            for (int i = 0; i < 1 + (round / 2); i++)
            {
                bytes[random.NextInt(bytes.Length)] = (byte)random.NextUInt64();
            }

            File.WriteAllBytes(path, bytes);
            try
            {
                // A damaged time can ask for hours of frames; the caller's patience is the limit.
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                VideoReader.Read(path, Small, patience.Token);
            }
            catch (Exception fault) when (fault is TaskGrainException or OperationCanceledException)
            {
                Assert.NotEmpty(fault.Message);
            }
        }
    }

    [Theory]
    [InlineData("it's.webm")]
    [InlineData("a:b.webm")]
    [InlineData("a\\b.webm")]
    [InlineData("a,b.webm")]
    [InlineData("a[b].webm")]
    [InlineData("a;b.webm")]
    [InlineData("100%03d.webm")]
    [InlineData("two words.webm")]
    [InlineData("größer 動画.webm")]
    [InlineData("-i.webm")]
    [InlineData("concat:a|b.webm")]
    [InlineData("?#&=\"$.webm")]
    public void Odd_names(string name)
    {
        using var folder = new TemporaryFolder();
        string plain = FfmpegProgram.Clip(folder.File("plain.webm"), "12", "0.5", "-c:v", "libvpx");
        string path = folder.File(name);
        File.Move(plain, path);
        Assert.Equal(6, VideoReader.Read(path, Small).Count);
        File.WriteAllText(path, "no video");
        AssertRefused(path, "not a video file");
    }

    [Fact]
    public void A_relative_name()
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File("clip.webm"), "12", "0.5", "-c:v", "libvpx");
        Assert.Equal(6, VideoReader.Read(Path.GetRelativePath(Environment.CurrentDirectory, path), Small).Count);
    }

    [Fact]
    public void A_cancelled_reading_stops()
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(folder.File("clip.webm"), "12", "0.5", "-c:v", "libvpx");
        Assert.Throws<OperationCanceledException>(() =>
            VideoReader.Read(path, Small, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public void A_format_out_of_range_lists_every_fault()
    {
        var fault = Assert.Throws<TaskGrainException>(() => VideoReader.Read("clip.webm", new FrameFormat(0, 5, -1)));
        Assert.Contains("size", fault.Message, StringComparison.Ordinal);
        Assert.Contains("rate", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, string reason)
    {
        var fault = Assert.Throws<TaskGrainException>(() => VideoReader.Read(path, Small));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private static void WithFile(string name, byte[] bytes, Action<string> test)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File(name), bytes);
        test(folder.File(name));
    }
}
