namespace TaskGrain.Runtime;

/// <summary>
/// Prepares a process for heavy work. Loading the library, and using it, changes nothing of the process it runs in;
/// a program whose main business is TaskGrain calls <see cref="Configure"/> when it starts, as the command line does.
/// </summary>
public static class TaskGrainRuntime
{
    /// <summary>
    /// Changes settings that belong to the whole process: how malloc keeps memory, how libtorch's threads wait, how
    /// TorchSharp finds libtorch. Call it first: what libtorch has read already stays. Safe from any thread; a second
    /// call adds what it asks for and undoes nothing. Where another component has set an import resolver for
    /// TorchSharp, or has loaded it, that one stays.
    /// </summary>
    /// <param name="options">What to change; null for <see cref="RuntimeOptions.FromEnvironment"/>.</param>
    /// <exception cref="TaskGrainException">
    /// The chosen libtorch (<c>TASKGRAIN_LIBTORCH</c>) had to be loaded at once and cannot be.
    /// </exception>
    public static void Configure(RuntimeOptions? options = null)
    {
        options ??= RuntimeOptions.FromEnvironment();
        if (options.KeepMemory)
        {
            MallocTuning.KeepMemory();
        }

        if (options.ShortWaits)
        {
            OpenMpWaiting.Shorten();
        }

        if (options.AdaptTorchSharp)
        {
            NativeLibraries.AdaptTorchSharp();
        }
    }
}
