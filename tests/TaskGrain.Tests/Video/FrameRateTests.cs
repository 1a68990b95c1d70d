using System.Text.Json;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class FrameRateTests
{
    [Theory]
    [InlineData("12", 12, 1)]
    [InlineData("24/2", 12, 1)]
    [InlineData("29.97", 2997, 100)]
    [InlineData("23.976", 2997, 125)]
    [InlineData("1/3", 1, 3)]
    [InlineData("30000/1001", 30000, 1001)]
    [InlineData("0.3333333333333333", 1, 3)]
    [InlineData("29.97002997002997", 30000, 1001)]
    [InlineData("0.333333", 333333, 1000000)]
    [InlineData("1e-1", 1, 10)]
    public void A_text_is_read_as_the_fraction_it_means(string text, int numerator, int denominator)
    {
        FrameRate rate = FrameRate.Parse(text);
        Assert.Equal((numerator, denominator), (rate.Numerator, rate.Denominator));
        Assert.Equal((double)numerator / denominator, rate.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1/-3")]
    [InlineData("1/3/5")]
    [InlineData("fast")]
    [InlineData("NaN")]
    [InlineData("1e12")]
    [InlineData("99999999999/3")]
    public void Other_texts_are_refused_with_examples(string text)
    {
        var fault = Assert.Throws<TaskGrainException>(() => FrameRate.Parse(text));
        Assert.StartsWith($"'{text}' is not a rate", fault.Message, StringComparison.Ordinal);
        Assert.Contains("1/3", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12", "12")]
    [InlineData("29.97", "29.97")]
    [InlineData("59.94", "59.94")]
    [InlineData("0.5", "0.5")]
    [InlineData("1/3", "\"1/3\"")]
    [InlineData("30000/1001", "\"30000/1001\"")]
    [InlineData("2147483647/2147483646", "\"2147483647/2147483646\"")]
    public void JSON_gives_the_same_rate_back(string text, string json)
    {
        FrameRate rate = FrameRate.Parse(text);
        Assert.Equal(json, JsonSerializer.Serialize(rate, TaskGrainJson.Strict));
        Assert.Equal(rate, JsonSerializer.Deserialize<FrameRate>(json, TaskGrainJson.Strict));
        Assert.Equal(text, rate.ToString());
    }

    [Fact]
    public void JSON_that_holds_floating_point_numbers_still_opens()
    {
        FrameFormat? format = JsonSerializer.Deserialize<FrameFormat>(
            """{"width": 84, "height": 84, "framesPerSecond": 0.3333333333333333}""",
            TaskGrainJson.Strict
        );
        Assert.Equal(new FrameFormat(84, 84, new FrameRate(1, 3)), format);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FrameRate>("true", TaskGrainJson.Strict));
    }

    [Fact]
    public void A_store_written_with_a_floating_point_rate_still_opens()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("store.json"),
            """{"version": 1, "width": 8, "height": 8, "framesPerSecond": 0.3333333333333333, "jpegQuality": null}"""
        );
        FrameFormat asked = new(8, 8, new FrameRate(1, 3));
        using FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(folder.Path, asked, FrameCompression.Raw);
        Assert.Equal(asked, writer.Format);
    }

    [Fact]
    public void The_nth_part_of_a_rate_is_exact()
    {
        Assert.Equal(new FrameRate(4), new FrameRate(12) / 3);
        Assert.Equal(new FrameRate(10000, 1001), new FrameRate(30000, 1001) / 3);
        Assert.Equal(new FrameRate(12, 7), new FrameRate(12) / 7);
    }

    [Fact]
    public void The_default_is_no_division_by_zero_and_no_valid_rate()
    {
        Assert.Equal("0", default(FrameRate).ToString());
        Assert.Throws<TaskGrainException>(() => new FrameFormat(8, 8, default).Validate());
        Assert.Throws<TaskGrainException>(() => new FrameFormat(8, 8, 241).Validate());
        new FrameFormat(8, 8, 240).Validate();
    }

    /// <summary>At 1/3 a second a frame is the picture in the middle of three seconds; 0.333333 picks others.</summary>
    [Theory]
    [InlineData("1/3", "30")]
    [InlineData("1/7", "60")]
    [InlineData("10/3", "20")]
    [InlineData("24000/1001", "5")]
    public void The_reader_picks_the_frames_the_ffmpeg_program_picks(string rate, string seconds)
    {
        using var folder = new TemporaryFolder();
        string path = FfmpegProgram.Clip(
            folder.File("clip.mkv"),
            "10",
            seconds,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast"
        );
        FrameFormat format = new(48, 32, FrameRate.Parse(rate));
        FrameAssert.Alike(FfmpegProgram.Frames(path, format), VideoReader.Read(path, format));
    }
}
