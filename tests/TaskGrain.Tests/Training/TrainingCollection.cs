namespace TaskGrain.Tests.Training;

/// <summary>
/// Tests that train: one at a time and beside no others, since dropout draws from libtorch's one random generator and
/// the number of threads is the process's.
/// </summary>
[CollectionDefinition(nameof(TrainingCollection), DisableParallelization = true)]
public sealed class TrainingCollection;

/// <summary>Hands reports on at once.</summary>
internal sealed class Immediate<T>(Action<T> handler) : IProgress<T>
{
    public void Report(T value) => handler(value);
}
