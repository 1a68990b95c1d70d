using TaskGrain.Data;
using TaskGrain.Evaluation;

namespace TaskGrain.Transfer.Teaching;

/// <summary>Clips that a finished model, which had no part of them, was measured on.</summary>
/// <param name="Clips">Their number, at least 1.</param>
/// <param name="Right">How many it classified rightly.</param>
public sealed record MeasuredClips(int Clips, int Right)
{
    /// <summary>The share it classified rightly, 0 to 1.</summary>
    public double Accuracy => (double)Right / Clips;

    /// <summary>Its 95% Wilson interval.</summary>
    public Interval Interval => Interval.Wilson(Right, Clips);
}

/// <summary>How sources and a classifier did on held-out clips.</summary>
/// <param name="Source">The sources, joined by <c> + </c>.</param>
/// <param name="Classifier">The classifier's word.</param>
/// <param name="Accuracy">
/// Share of held-out clips classified rightly, at its best regularisation; null where none could be held out.
/// </param>
/// <param name="Interval">Its 95% Wilson interval over the clips; null likewise.</param>
/// <param name="Loss">Mean cross-entropy of the held-out clips in nats; null likewise.</param>
public sealed record ClassifierCandidate(
    string Source,
    string Classifier,
    double? Accuracy,
    Interval? Interval,
    double? Loss
);

/// <summary>What was taught, and how good it is.</summary>
public sealed record TeachReport
{
    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Clips learned from, for each class.</summary>
    public required IReadOnlyList<int> ClipsPerClass { get; init; }

    /// <summary>The sources that were taken, joined by <c> + </c>.</summary>
    public required string Source { get; init; }

    /// <summary>The classifier that was taken.</summary>
    public required string Classifier { get; init; }

    /// <summary>What it was chosen from.</summary>
    public required IReadOnlyList<ClassifierCandidate> Candidates { get; init; }

    /// <summary>
    /// Groups of clips that were held apart, such as rooms; null where none were named. With them the expected accuracy
    /// is for new groups, without them for new clips of the same people in the same places.
    /// </summary>
    public int? Groups { get; init; }

    /// <summary>
    /// The accuracy to expect on new clips of groups that were learned from; null where no groups were named.
    /// </summary>
    public MeasuredClips? KnownGroups { get; init; }

    /// <summary>How well the classes are told by what has nothing to do with them; empty where not measured.</summary>
    public IReadOnlyList<Giveaway> Giveaways { get; init; } = [];

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

    /// <summary>The finished model on the clips beyond the wanted shots; null where there are none.</summary>
    public MeasuredClips? LeftOver { get; init; }

    /// <summary>The finished model on the clips of the test split; null where the folder has none.</summary>
    public MeasuredClips? Test { get; init; }

    /// <summary>Seconds for reading the clips and extracting their features.</summary>
    public required double ExtractionSeconds { get; init; }

    /// <summary>Seconds for choosing, training and measuring.</summary>
    public required double TrainingSeconds { get; init; }
}
