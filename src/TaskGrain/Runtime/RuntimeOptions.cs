namespace TaskGrain.Runtime;

/// <summary>What <see cref="TaskGrainRuntime.Configure"/> changes of the process it runs in.</summary>
public sealed record RuntimeOptions
{
    /// <summary>
    /// Whether malloc keeps the memory it has instead of giving it back to the system after every layer: a third of a
    /// training step's time on two cores, for memory that stays with the process. Linux with glibc only.
    /// </summary>
    public bool KeepMemory { get; init; } = true;

    /// <summary>
    /// Whether libtorch's threads sleep soon when they wait for each other, instead of spinning for a millisecond;
    /// without it a machine that does other things too computes at a fraction of its speed. A GOMP_SPINCOUNT or
    /// OMP_WAIT_POLICY that is set already stays. Linux only.
    /// </summary>
    public bool ShortWaits { get; init; } = true;

    /// <summary>
    /// Whether TorchSharp itself, when something calls it before TaskGrain does, loads libtorch as
    /// <see cref="NativeLibraries"/> does: another one that was chosen, or the packaged one on a system older than it.
    /// </summary>
    public bool AdaptTorchSharp { get; init; } = true;

    /// <summary>The options of the command line: all of them, less what the environment switches off.</summary>
    /// <returns>
    /// Everything on, but <see cref="KeepMemory"/> off when <c>TASKGRAIN_MALLOC</c> is <c>default</c>.
    /// </returns>
    public static RuntimeOptions FromEnvironment() =>
        new() { KeepMemory = Environment.GetEnvironmentVariable(MallocTuning.Variable) != "default" };
}
