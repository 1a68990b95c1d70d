using TaskGrain.Runtime;

namespace TaskGrain.Training;

/// <summary>What a run computes on. Weights are the same, bit for bit, only for the same machine options.</summary>
public sealed record MachineOptions
{
    /// <summary><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of the computation; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Number format of the heavy layers.</summary>
    public Precision Precision { get; init; } = Precision.Auto;
}
