using TaskGrain.Video;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>What <see cref="DataBenchmark"/> measures.</summary>
internal sealed record DataBenchmarkOptions
{
    /// <summary>
    /// A video file to decode; null for a generated one like those of Something-Something (49 frames of 427×240, VP9).
    /// </summary>
    public string? Clip { get; init; }

    /// <summary>Rounds; each measures every subject once, and the medians count. At least 1.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Seconds a subject is measured in a round, about. Above 0.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Format of the frames and quality of the JPEG store.</summary>
    public FrameFormat Format { get; init; } = FrameFormat.Paper;

    /// <summary>Quality of the JPEG frames, 1 to 100.</summary>
    public int JpegQuality { get; init; } = 90;

    /// <summary>The clips that are loaded.</summary>
    public ClipSamplerOptions Sampling { get; init; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="TaskGrainException">A value is out of range.</exception>
    public void Validate()
    {
        Format.Validate();
        Sampling.Validate();
        FrameCompression.Jpeg(JpegQuality).Validate();
        if (Rounds < 1 || !(Seconds > 0))
        {
            throw new TaskGrainException(
                $"{Rounds} rounds of {Seconds} seconds cannot be measured; give at least one round and some time."
            );
        }
    }
}
