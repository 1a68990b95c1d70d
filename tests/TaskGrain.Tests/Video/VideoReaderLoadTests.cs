using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>Many readings: from several threads, and one after another without memory growing.</summary>
public sealed class VideoReaderLoadTests
{
    private static readonly FrameFormat Small = new(32, 32, 12);

    [Fact]
    public void Several_threads_read_the_same_frames()
    {
        using var folder = new TemporaryFolder();
        string[] paths =
        [
            FfmpegProgram.Clip(folder.File("a.webm"), "12", "1", "-c:v", "libvpx"),
            FfmpegProgram.Clip(folder.File("b.mp4"), "25", "1", "-c:v", "libx264"),
        ];
        string bad = folder.File("bad.webm");
        File.WriteAllText(bad, "no video");
        byte[][] expected = [.. paths.Select(path => VideoReader.Read(path, Small).Pixels.ToArray())];

        Parallel.For(
            0,
            40,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                Assert.True(VideoReader.Read(paths[i % 2], Small).Pixels.Span.SequenceEqual(expected[i % 2]));
                Assert.Contains(
                    bad,
                    Assert.Throws<TaskGrainException>(() => VideoReader.Read(bad, Small)).Message,
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Fact]
    public void Two_thousand_readings_leave_memory_flat()
    {
        using var folder = new TemporaryFolder();
        string sound = FfmpegProgram.Clip(folder.File("clip.webm"), "12", "0.35", "-c:v", "libvpx");
        string cut = folder.File("cut.webm");
        byte[] bytes = File.ReadAllBytes(sound);
        File.WriteAllBytes(cut, bytes[..(bytes.Length * 3 / 4)]);
        string bad = folder.File("bad.webm");
        File.WriteAllText(bad, "no video");

        Read(200);
        long before = NativeMemory.Used();
        Read(2000);

        // A frame is 3 kB: one kept in each reading would be 6 MB, a decoder far more.
        Assert.InRange(NativeMemory.Used() - before, long.MinValue, 1 << 20);

        void Read(int times)
        {
            for (int i = 0; i < times; i++)
            {
                VideoReader.Read(sound, Small);
                if (i % 10 == 0)
                {
                    Assert.NotNull(VideoReader.Read(cut, Small).Warning);
                    Assert.Throws<TaskGrainException>(() => VideoReader.Read(bad, Small));
                }
            }
        }
    }
}
