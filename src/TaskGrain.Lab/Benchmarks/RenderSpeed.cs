using System.Diagnostics;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// How fast frames are rendered on one thread, making the scenes and their backgrounds included, encoding not.
/// </summary>
/// <param name="Frames">Frames rendered.</param>
/// <param name="WallSeconds">Time by the clock.</param>
/// <param name="ProcessorSeconds">Time on the processor, which other programs do not lengthen.</param>
internal sealed record RenderSpeed(int Frames, double WallSeconds, double ProcessorSeconds)
{
    /// <summary>Frames a second of processor time.</summary>
    public double PerProcessorSecond => Frames / ProcessorSeconds;

    /// <summary>Renders clips of all categories and measures.</summary>
    /// <param name="clips">Number of clips, at least 1; a few more are rendered before, to warm up.</param>
    /// <param name="format">Size of the frames; null for the films' own.</param>
    /// <param name="cancellation">Stops between clips.</param>
    /// <returns>The measurement.</returns>
    public static RenderSpeed Measure(int clips, FrameFormat? format = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clips, 1);
        var generator = new WorldGenerator(new SynthesisOptions { Seed = 5 });
        const int Warm = 12;
        int frames = 0;
        long start = 0;
        TimeSpan processor = default;
        for (int i = 0; i < clips + Warm; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (i == Warm)
            {
                start = Stopwatch.GetTimestamp();
                processor = Environment.CpuUsage.TotalTime;
            }

            SyntheticClip clip = generator.Clip(i);
            int count = clip.Render(format ?? clip.Format).Count;
            frames += i < Warm ? 0 : count;
        }

        return new RenderSpeed(
            frames,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            (Environment.CpuUsage.TotalTime - processor).TotalSeconds
        );
    }
}
