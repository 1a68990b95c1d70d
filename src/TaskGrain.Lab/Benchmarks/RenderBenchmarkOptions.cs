using TaskGrain.Video;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>What <see cref="RenderBenchmark"/> measures.</summary>
internal sealed record RenderBenchmarkOptions
{
    /// <summary>Clips of a store, at least 1: those of seed 5, of all categories.</summary>
    public int Clips { get; init; } = 120;

    /// <summary>
    /// Rounds, at least 1; each writes a store on one thread and one on several, and the medians count.
    /// </summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How many threads are several; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Size and rate of the frames.</summary>
    public FrameFormat Format { get; init; } = FrameFormat.Paper;

    /// <summary>How the frames are kept.</summary>
    public FrameCompression Compression { get; init; } = FrameCompression.Raw;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="TaskGrainException">A value is out of range.</exception>
    public void Validate()
    {
        Format.Validate();
        Compression.Validate();
        if (Rounds < 1 || Clips < 1 || Threads < 0)
        {
            throw new TaskGrainException(
                $"{Rounds} rounds of {Clips} clips on {Threads} threads cannot be measured; give at least one round "
                    + $"and one clip, and threads or 0 for one a core."
            );
        }
    }
}

/// <summary>The results of <see cref="RenderBenchmark"/>.</summary>
/// <param name="Clips">Clips of a store.</param>
/// <param name="Frames">What the store holds, in words.</param>
/// <param name="Cores">Cores of the machine.</param>
/// <param name="Rounds">Rounds measured.</param>
/// <param name="Threads">How many threads the second measurement had.</param>
/// <param name="OneThread">Clips a second on one thread.</param>
/// <param name="AllThreads">Clips a second on so many threads.</param>
/// <param name="Ratio">How many times as fast that is: of the medians.</param>
internal sealed record RenderBenchmarkReport(
    int Clips,
    string Frames,
    int Cores,
    int Rounds,
    int Threads,
    double OneThread,
    double AllThreads,
    double Ratio
);
