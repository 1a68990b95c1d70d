using System.Diagnostics;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>Each list is in the order its names mean; it is given to the reader in text order.</summary>
public sealed class FrameNamesTests
{
    [Theory]
    [InlineData("1 2 3 9 10 11 12 20 100")]
    [InlineData("img_v2_1 img_v2_2 img_v2_3 img_v2_10 img_v2_11 img_v2_12")]
    [InlineData("frame_9994 frame_9995 frame_9999 frame_10000 frame_10005")]
    [InlineData("cam1_2 cam1_10 cam2_1 cam10_1")]
    [InlineData("1403636579763555584 1403636579813555456 1403636580013555456")]
    [InlineData("99999999999999999998 99999999999999999999 100000000000000000000")]
    [InlineData("1305031102.175304 1305031102.211214 1305031103.011")]
    [InlineData("0.04 0.08 0.5 0.52 1.25 10.0")]
    [InlineData("clip1.8 clip1.9 clip1.10 clip1.11")]
    [InlineData("2024-09-05_7-30-00 2024-09-05_12-30-00 2024-10-01_00-00-00 2025-01-01_00-00-00")]
    [InlineData("t_-10 t_-2 t_-1 t_0 t_1 t_2 t_10")]
    [InlineData("-2 -1 0 1")]
    [InlineData("shot-1 shot-2 shot-10")]
    [InlineData("frame frame(1) frame(2) frame(10)")]
    [InlineData("Frame_1 frame_2 FRAME_3 frame_10")]
    [InlineData("img1 IMAGE_2 img3 picture-4 img10")]
    [InlineData("a b c")]
    public void Names_are_put_in_natural_order(string names)
    {
        string[] expected = names.Split(' ');
        string[] given = [.. expected.Order(StringComparer.Ordinal).Select(name => name + ".jpg")];
        Assert.Equal(expected, FrameNames.Of(given).Files.Select(Path.GetFileNameWithoutExtension));
        Array.Reverse(given);
        Assert.Equal(expected, FrameNames.Of(given).Files.Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void Endings_do_not_part_pictures() =>
        Assert.Equal(["a1.JPG", "a2.png", "a3.jpeg", "a10.jpg"], Of("a10.jpg a1.JPG a3.jpeg a2.png").Files);

    [Theory]
    [InlineData("1 2 3 5 6", "0 1 2 4 5")]
    [InlineData("00001 00002 00003 00006 00007 00008", "0 1 2 5 6 7")]
    [InlineData("v2_8 v2_9 v2_10 v2_12 v2_13", "0 1 2 4 5")]
    [InlineData("img1 IMG_2 img3 img5 img6", "0 1 2 4 5")]
    [InlineData("-3 -2 -1 1 2", "0 1 2 4 5")]
    public void A_number_left_out_of_a_count_is_a_gap(string names, string places)
    {
        FrameNames read = Of(names);
        Assert.Equal(places, string.Join(' ', read.Places));
        Assert.Equal(read.Places[^1] + 1 - read.Files.Length, read.Missing);
        Assert.Null(read.Jump);
    }

    [Theory]
    [InlineData("0 5 10 15 20 25")]
    [InlineData("1000 1083 1167 1250 1333")]
    [InlineData("20240905123001 20240905123002 20240905123100 20240905130000")]
    [InlineData("1403636579763555584 1403636579813555456 1403636579863555584")]
    [InlineData("a1_1 a1_2 a2_1 a2_2")]
    [InlineData("7 90")]
    [InlineData("1 01 001")]
    public void Numbers_that_do_not_count_frames_leave_no_gaps(string names)
    {
        FrameNames read = Of(names);
        Assert.Equal(Enumerable.Range(0, read.Files.Length), read.Places);
        Assert.Equal((0, null), (read.Missing, read.Jump));
    }

    [Fact]
    public void A_count_that_jumps_further_than_there_are_pictures_is_said_and_not_filled()
    {
        FrameNames read = Of("1 2 3 4 99999999999999999999999999999999");
        Assert.Equal([0, 1, 2, 3, 4], read.Places);
        Assert.Equal("numbers jump from 4 to 99999999999999999999999999999999", read.Jump);
    }

    [Fact]
    public void Long_names_and_many_cost_little()
    {
        string[] names = [.. Enumerable.Range(0, 20_000).Select(i => new string('9', 200) + $"_{i}.jpg")];
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(names, FrameNames.Of(names.Order(StringComparer.Ordinal)).Files);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 8);
    }

    /// <summary>Frame k of 12 has the grey value 16k.</summary>
    [Theory]
    [InlineData("", 0, 1, "png")]
    [InlineData("img_v2_", 0, 1, "png")]
    [InlineData("frame_", 9993, 1, "png")]
    [InlineData("frame_", 9993, 1, "jpg")]
    [InlineData("", 1_403_636_579_763_555_584, 83_333_333, "png")]
    public void The_reader_gives_the_frames_in_that_order(string before, long start, long step, string ending)
    {
        using var folder = new TemporaryFolder();
        for (int k = 1; k <= 12; k++)
        {
            string grey = $"0x{16 * k:x2}{16 * k:x2}{16 * k:x2}";
            string path = folder.File($"{before}{start + (k * step)}.{ending}");
            FfmpegProgram.Run(
                "-f",
                "lavfi",
                "-i",
                $"color={grey}:size=16x16,format={(ending == "png" ? "rgb24" : "yuvj420p")}",
                "-frames:v",
                "1",
                path
            );
        }

        VideoFrames frames = FrameFolderReader.Read(folder.Path, new FrameFormat(16, 16, 12));

        Assert.Null(frames.Warning);
        Assert.Equal(12, frames.Count);
        Assert.All(
            Enumerable.Range(1, 12),
            k => Assert.InRange((int)frames.Frame(k - 1)[0], (16 * k) - 3, (16 * k) + 3)
        );
    }

    private static FrameNames Of(string names) => FrameNames.Of(names.Split(' '));
}
