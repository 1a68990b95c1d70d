using TaskGrain.Lab.Benchmarks;
using TaskGrain.Video;

namespace TaskGrain.Tests.Lab.Benchmarks;

public sealed class RenderBenchmarkTests
{
    [Fact]
    public void Both_numbers_of_threads_are_measured_and_compared()
    {
        RenderBenchmarkReport report = RenderBenchmark.Run(
            new RenderBenchmarkOptions
            {
                Clips = 2,
                Rounds = 1,
                Threads = 3,
                Format = new FrameFormat(16, 16, 2),
                Compression = FrameCompression.Jpeg(),
            }
        );

        Assert.Equal((2, 1, 3), (report.Clips, report.Rounds, report.Threads));
        Assert.Equal("JPEG frames of quality 90 of 16×16 at 2 frames/s", report.Frames);
        Assert.True(report.OneThread > 0 && report.AllThreads > 0);
        Assert.Equal(report.AllThreads / report.OneThread, report.Ratio, report.Ratio / 20);
        Assert.Throws<TaskGrainException>(() => RenderBenchmark.Run(new RenderBenchmarkOptions { Rounds = 0 }));
    }
}
