using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class FrameFolderReaderTests
{
    private static readonly FrameFormat Small = new(48, 32, 12);

    [Theory]
    [InlineData(12)]
    [InlineData(8)]
    [InlineData(25)]
    public void Pictures_become_the_frames_the_ffmpeg_program_makes_of_them(double framesPerSecond)
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1.5");
        FrameFormat format = Small with { FramesPerSecond = FrameRate.Of(framesPerSecond) };

        byte[] expected = FfmpegProgram.Frames(folder.File("%05d.jpg"), format, "-framerate", "12");

        FrameAssert.Alike(expected, VideoReader.Read(folder.Path, format));
    }

    [Fact]
    public void A_damaged_picture_is_replaced_by_the_one_before_and_named()
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1");
        byte[] sound = FrameFolderReader.Read(folder.Path, Small).Pixels.ToArray();
        File.WriteAllText(folder.File("00005.jpg"), "no picture");

        VideoFrames frames = FrameFolderReader.Read(folder.Path, Small);

        Assert.Equal(12, frames.Count);
        Assert.Contains("00005.jpg", frames.Warning, StringComparison.Ordinal);
        Assert.True(frames.Frame(4).SequenceEqual(sound.AsSpan(3 * Small.BytesPerFrame, Small.BytesPerFrame)));
        Assert.True(frames.Frame(5).SequenceEqual(sound.AsSpan(5 * Small.BytesPerFrame, Small.BytesPerFrame)));
    }

    [Fact]
    public void A_missing_number_is_filled_and_counted()
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1");
        File.Delete(folder.File("00007.jpg"));

        VideoFrames frames = FrameFolderReader.Read(folder.Path, Small);

        Assert.Equal(12, frames.Count);
        Assert.Contains("1 number", frames.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_damaged_pictures_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("00001.jpg"), "no picture");
        var fault = Assert.Throws<TaskGrainException>(() => FrameFolderReader.Read(folder.Path, Small));
        Assert.StartsWith(folder.Path, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg", 2)]
    [InlineData("jpg", 5)]
    [InlineData("jpg", 9)]
    [InlineData("png", 5)]
    public void A_part_of_a_picture_is_damaged_and_named(string kind, int tenths)
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1");
        byte[] sound = FrameFolderReader.Read(folder.Path, Small).Pixels.ToArray();
        string fifth = folder.File("00005.jpg");
        if (kind != "jpg")
        {
            FfmpegProgram.Run("-i", fifth, folder.File("00005." + kind));
            File.Delete(fifth);
            fifth = folder.File("00005." + kind);
        }

        byte[] bytes = File.ReadAllBytes(fifth);
        File.WriteAllBytes(fifth, bytes[..(bytes.Length * tenths / 10)]);

        VideoFrames frames = FrameFolderReader.Read(folder.Path, Small);

        Assert.Equal(12, frames.Count);
        Assert.Equal($"1 of 12 pictures are damaged, the first is 00005.{kind}", frames.Warning);
        Assert.True(frames.Frame(5).SequenceEqual(sound.AsSpan(5 * Small.BytesPerFrame, Small.BytesPerFrame)));
    }

    [Fact]
    public void The_first_pictures_place_is_filled_too()
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1");
        File.WriteAllText(folder.File("00001.jpg"), "no picture");
        Assert.Equal(12, FrameFolderReader.Read(folder.Path, Small).Count);
    }

    [Fact]
    public void Companion_files_of_macOS_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1");
        foreach (string picture in Directory.GetFiles(folder.Path))
        {
            File.WriteAllBytes(folder.File("._" + Path.GetFileName(picture)), [0, 5, 22, 7, 0, 2, 0, 0]);
        }

        VideoFrames frames = FrameFolderReader.Read(folder.Path, Small);
        Assert.Equal((12, null), (frames.Count, frames.Warning));
    }

    [Fact]
    public void A_picture_that_is_a_link_to_nowhere_is_named()
    {
        using var folder = new TemporaryFolder();
        Pictures(folder, "1");
        File.Delete(folder.File("00004.jpg"));
        File.CreateSymbolicLink(folder.File("00004.jpg"), "nowhere.jpg");
        var fault = Assert.Throws<TaskGrainException>(() => FrameFolderReader.Read(folder.Path, Small));
        Assert.StartsWith(folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("00004.jpg cannot be opened", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PNG_pictures_and_a_single_one_are_read_too()
    {
        using var folder = new TemporaryFolder();
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            "color=red:size=20x20:duration=0.04",
            "-frames:v",
            "1",
            folder.File("a.png")
        );
        VideoFrames frames = FrameFolderReader.Read(folder.Path, Small);
        Assert.Equal(1, frames.Count);
        Assert.True(frames.Frame(0)[0] > 240 && frames.Frame(0)[1] < 10);
    }

    private static void Pictures(TemporaryFolder folder, string seconds) =>
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            FfmpegProgram.Pattern("12", seconds, "88x100"),
            "-q:v",
            "2",
            folder.File("%05d.jpg")
        );
}
