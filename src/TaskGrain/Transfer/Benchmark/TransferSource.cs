using TaskGrain.Transfer.Features;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>A source in the benchmark: the features it gives for the target's clips.</summary>
/// <param name="Name">Its name in the tables, unique.</param>
/// <param name="Features">Features of the target's clips, with splits and labels.</param>
internal sealed record TransferSource(string Name, FeatureStore Features);
