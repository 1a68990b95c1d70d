using TaskGrain.Lab.Benchmarks;
using TaskGrain.Tests.Video;
using TaskGrain.Video;

namespace TaskGrain.Tests.Lab.Benchmarks;

public sealed class DataBenchmarkTests
{
    [Fact]
    public void Every_way_is_measured_beside_the_ffmpeg_program()
    {
        using var folder = new TemporaryFolder();
        string clip = FfmpegProgram.Clip(folder.File("clip.webm"), "12", "0.5", "-c:v", "libvpx");
        var options = new DataBenchmarkOptions
        {
            Clip = clip,
            Rounds = 2,
            Seconds = 0.02,
            Format = new FrameFormat(32, 32, 12),
            Sampling = new ClipSamplerOptions { Frames = 8, CropSize = 24 },
        };

        DataBenchmarkReport report = DataBenchmark.Run(options);

        Assert.Equal(6, report.Frames);
        Assert.Equal("clip.webm", report.Clip);
        Assert.Equal(5, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.True(row.ClipsPerSecond > 0 && row.ClipsPerCoreSecond > 0, row.Name));
        Assert.Equal(
            report.Rows[1].ClipsPerCoreSecond / report.Rows[0].ClipsPerCoreSecond,
            report.DecodingRatio,
            report.DecodingRatio / 20
        );
    }

    [Fact]
    public void A_clip_like_those_of_the_data_set_is_made_when_none_is_given()
    {
        using var folder = new TemporaryFolder();
        string clip = FfmpegReference.MakeClip(folder.File("clip.webm"));
        Assert.Equal(49, VideoReader.Read(clip, FrameFormat.Paper).Count);
        Assert.InRange(new FileInfo(clip).Length, 80_000, 250_000);
    }

    [Fact]
    public void Nothing_to_measure_is_refused_and_cancelling_cleans_up()
    {
        Assert.Throws<TaskGrainException>(() => DataBenchmark.Run(new DataBenchmarkOptions { Rounds = 0 }));
        Assert.Throws<TaskGrainException>(() =>
            DataBenchmark.Run(new DataBenchmarkOptions { Clip = "/nowhere/clip.webm" })
        );
        using var folder = new TemporaryFolder();
        string clip = FfmpegProgram.Clip(folder.File("clip.mp4"));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DataBenchmark.Run(
                new DataBenchmarkOptions { Clip = clip, Seconds = 0.01 },
                cancel: new CancellationToken(canceled: true)
            )
        );
    }
}
