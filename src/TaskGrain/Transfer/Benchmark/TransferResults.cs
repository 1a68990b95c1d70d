using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>A source as the results name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Identity">Hash of what shapes its features.</param>
internal sealed record TransferSourceRow(string Name, string Description, string Identity);

/// <summary>Everything a benchmark measured.</summary>
internal sealed record TransferResults
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Training clips that draws are made from.</summary>
    public required int TrainClips { get; init; }

    /// <summary>The most training clips that a class has: what <c>full</c> means.</summary>
    public required int FullShots { get; init; }

    /// <summary>Test clips; the same in every run.</summary>
    public required int TestClips { get; init; }

    /// <summary>Runs over different draws.</summary>
    public required int Runs { get; init; }

    /// <summary>Fixes everything.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Clips of the target left out because some source has no features of them.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Training clips left out because a test clip has the same pixels.</summary>
    public int Copies { get; init; }

    /// <summary>The sources in the order given.</summary>
    public required IReadOnlyList<TransferSourceRow> Sources { get; init; }

    /// <summary>The classifiers in the order given.</summary>
    public required IReadOnlyList<ClassifierKind> Classifiers { get; init; }

    /// <summary>Numbers of shots.</summary>
    public required IReadOnlyList<ShotCount> Shots { get; init; }

    /// <summary>Every source × classifier × shots.</summary>
    public required IReadOnlyList<TransferRow> Rows { get; init; }

    /// <summary>Every pair of sources, within a classifier and number of shots.</summary>
    public required IReadOnlyList<TransferComparison> SourceComparisons { get; init; }

    /// <summary>Every pair of classifiers on one source, within a number of shots.</summary>
    public required IReadOnlyList<TransferComparison> ClassifierComparisons { get; init; }

    /// <summary>What guessing would reach.</summary>
    public double Chance => 1.0 / Classes;

    /// <summary>One row.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="shots">Training clips a class.</param>
    /// <returns>The row.</returns>
    public TransferRow Row(string source, ClassifierKind classifier, ShotCount shots) =>
        Rows.First(row => row.Source == source && row.Classifier == classifier && row.Shots == shots);
}
