using TaskGrain.Data;
using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Teaching;

/// <summary>How a classifier is taught from a folder of clips.</summary>
public sealed record TeachOptions
{
    /// <summary>Clips a class to learn from; null for all. Those left over are used to measure the result.</summary>
    public int? Shots { get; init; }

    /// <summary>Classifiers to choose from.</summary>
    public IReadOnlyList<ClassifierKind> Classifiers { get; init; } = ClassifierKinds.All;

    /// <summary>Folds of the outer cross-validation that measures the expected accuracy, at most.</summary>
    public int Folds { get; init; } = 3;

    /// <summary>Shorter clips are left out, in seconds.</summary>
    public double ShortestSeconds { get; init; } = 0.5;

    /// <summary>Fixes every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for one a core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Some are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (Shots < ClipFolder.FewestClips)
        {
            faults.Add($"{Shots} shots are fewer than {ClipFolder.FewestClips}");
        }

        if (Classifiers.Count == 0)
        {
            faults.Add("there must be a classifier to choose");
        }

        if (Folds < 2)
        {
            faults.Add($"{Folds} folds are fewer than 2");
        }

        if (!(ShortestSeconds >= 0))
        {
            faults.Add($"the shortest clip of {ShortestSeconds} s is below 0");
        }

        if (Threads < 0)
        {
            faults.Add($"{Threads} threads are below 0");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Teaching: {string.Join("; ", faults)}.");
        }
    }
}
