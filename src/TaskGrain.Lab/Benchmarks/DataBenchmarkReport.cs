namespace TaskGrain.Lab.Benchmarks;

/// <summary>How fast one way of getting clips is: medians over the rounds.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="ClipsPerSecond">
/// Clips a second as the clock has it, with everything else that ran on the machine.
/// </param>
/// <param name="ClipsPerCoreSecond">
/// Clips for each second of processor time spent, which other programs disturb little.
/// </param>
/// <param name="Target">What it should reach.</param>
/// <param name="Reached">Whether it did; null without a target.</param>
internal sealed record DataBenchmarkRow(
    string Name,
    double ClipsPerSecond,
    double ClipsPerCoreSecond,
    string? Target,
    bool? Reached
);

/// <summary>The results of <see cref="DataBenchmark"/>.</summary>
/// <param name="Clip">What was decoded.</param>
/// <param name="Frames">Frames of that clip.</param>
/// <param name="Cores">Cores of the machine.</param>
/// <param name="Rounds">Rounds measured.</param>
/// <param name="Rows">The ways measured.</param>
/// <param name="DecodingRatio">
/// Clips for each second of processor time, decoding in process against one ffmpeg process a clip.
/// </param>
internal sealed record DataBenchmarkReport(
    string Clip,
    int Frames,
    int Cores,
    int Rounds,
    IReadOnlyList<DataBenchmarkRow> Rows,
    double DecodingRatio
);
