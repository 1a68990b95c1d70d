using TaskGrain.Data;
using TaskGrain.Evaluation;

namespace TaskGrain.Transfer.Teaching;

/// <summary>What was taught, and how good it is.</summary>
public sealed record TeachReport
{
    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Clips learned from, for each class.</summary>
    public required IReadOnlyList<int> ClipsPerClass { get; init; }

    /// <summary>The classifier that was taken.</summary>
    public required string Classifier { get; init; }

    /// <summary>What it was chosen from.</summary>
    public required IReadOnlyList<ClassifierCandidate> Candidates { get; init; }

    /// <summary>
    /// Accuracy to expect on new clips like these: over outer folds, classifier, regularisation and updates are chosen
    /// without the fold's clips, which are then classified. A little low, as each fold learns from fewer clips.
    /// </summary>
    public required double ExpectedAccuracy { get; init; }

    /// <summary>Its 95% Wilson interval over the clips.</summary>
    public required Interval ExpectedInterval { get; init; }

    /// <summary>Outer folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Held-out predictions: a row for each true class, a column for each predicted one.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Possible mislabels, the most doubtful first.</summary>
    public required IReadOnlyList<DoubtfulClip> Doubtful { get; init; }

    /// <summary>What was noticed about the clips.</summary>
    public required IReadOnlyList<ClipProblem> Problems { get; init; }

    /// <summary>Accuracy of the finished model on the clips that were left over; null where none were.</summary>
    public double? LeftOverAccuracy { get; init; }

    /// <summary>Its 95% Wilson interval.</summary>
    public Interval? LeftOverInterval { get; init; }

    /// <summary>Clips left over.</summary>
    public int LeftOverClips { get; init; }

    /// <summary>Seconds for reading the clips and extracting their features.</summary>
    public required double ExtractionSeconds { get; init; }

    /// <summary>Seconds for choosing, training and measuring.</summary>
    public required double TrainingSeconds { get; init; }
}
