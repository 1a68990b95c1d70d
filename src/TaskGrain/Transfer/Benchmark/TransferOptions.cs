using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>What the transfer benchmark compares. The defaults are the paper's (Section 6.1).</summary>
internal sealed record TransferOptions
{
    /// <summary>Classifiers on top of the features.</summary>
    public IReadOnlyList<ClassifierKind> Classifiers { get; init; } = ClassifierKinds.All;

    /// <summary>Training clips a class.</summary>
    public IReadOnlyList<ShotCount> Shots { get; init; } = [new(1), new(5), new(10), ShotCount.Full];

    /// <summary>Runs over different draws; the paper's 10.</summary>
    public int Runs { get; init; } = 10;

    /// <summary>Fixes draws, folds and starting weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for one a core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>How a classifier is trained; null for each kind's defaults.</summary>
    public Func<ClassifierKind, FewShotOptions>? Training { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Some are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (Classifiers.Count == 0 || Classifiers.Distinct().Count() != Classifiers.Count)
        {
            faults.Add("classifiers must be one or more, each once");
        }

        if (Shots.Count == 0 || Shots.Distinct().Count() != Shots.Count || Shots.Any(shots => shots.Clips < 1))
        {
            faults.Add("shots must be one or more numbers from 1, each once");
        }

        if (Runs is < 1 or > 10_000)
        {
            faults.Add($"{Runs} runs are not from 1 to 10000");
        }

        if (Threads < 0)
        {
            faults.Add($"{Threads} threads are below 0");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Transfer: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>The options that one classifier is trained with.</summary>
    internal FewShotOptions TrainingOf(ClassifierKind kind) =>
        (Training ?? FewShotOptions.For)(kind) with
        {
            Threads = Threads,
        };
}
