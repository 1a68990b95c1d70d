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

    /// <summary>
    /// Whether the frames lie on the device and are sampled there, so that no loader is needed; <c>auto</c> does so on
    /// a GPU whose memory they fit. The clips are the same bit for bit.
    /// </summary>
    public DataPlace DataOnDevice { get; init; } = DataPlace.Auto;

    /// <summary>Whether cuDNN tries its algorithms once for every shape and keeps the fastest (GPUs only).</summary>
    public bool Benchmark { get; init; } = true;

    /// <summary>Whether float32 convolutions and products may round their factors to 10 bits (GPUs only).</summary>
    public bool Tf32 { get; init; } = true;
}

/// <summary>Whether a training's frames lie on the computing device.</summary>
public enum DataPlace
{
    /// <summary>On a GPU when they fit into it, else in the store.</summary>
    Auto,

    /// <summary>On the device.</summary>
    On,

    /// <summary>In the store, from which a loader reads.</summary>
    Off,
}
