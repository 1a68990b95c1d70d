using TaskGrain.Evaluation;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>What is seen of a clip before its category is guessed.</summary>
internal enum Glimpse
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The first frame.</summary>
    FirstFrame,

    /// <summary>The frame in the middle.</summary>
    MiddleFrame,

    /// <summary>The last frame.</summary>
    LastFrame,

    /// <summary>The words for its objects.</summary>
    Words,
}

/// <summary>How the category is guessed.</summary>
internal enum GuessMethod
{
    /// <summary>Every category alike: computed, not measured.</summary>
    Chance,

    /// <summary>The label of the nearest training frame.</summary>
    NearestNeighbour,

    /// <summary>A small convolutional network.</summary>
    SmallNetwork,

    /// <summary>A linear classifier.</summary>
    LinearClassifier,
}

/// <summary>One way to guess a clip's category, and how often it is right.</summary>
/// <param name="Seen">What is looked at.</param>
/// <param name="Method">How it is guessed.</param>
/// <param name="Right">Test clips guessed right; null for <see cref="GuessMethod.Chance"/>.</param>
/// <param name="Clips">Test clips.</param>
/// <param name="Categories">Categories to choose from.</param>
internal sealed record GuessRow(Glimpse Seen, GuessMethod Method, int? Right, int Clips, int Categories)
{
    /// <summary>Part guessed right, 0 to 1; for chance, 1 / <see cref="Categories"/>.</summary>
    public double Accuracy => Right is { } right ? (double)right / Clips : 1.0 / Categories;

    /// <summary>95% confidence interval over clips (Wilson); null for chance, which is no measurement.</summary>
    public Interval? Interval => Right is { } right ? Evaluation.Interval.Wilson(right, Clips) : null;
}

/// <summary>How often one frame, or the words, give a category away.</summary>
/// <param name="Category">The category's text.</param>
/// <param name="Clips">Its test clips.</param>
/// <param name="First">Test clips recognised by the first frame alone (small network).</param>
/// <param name="Middle">The same, middle frame.</param>
/// <param name="Last">The same, last frame.</param>
/// <param name="Words">The same, object words (linear classifier).</param>
internal sealed record CategoryGuesses(string Category, int Clips, int First, int Middle, int Last, int Words)
{
    /// <summary>The share of its test clips that a count is, 0 to 1.</summary>
    /// <param name="right">One of the counts.</param>
    /// <returns>The share; null where the category has no test clip.</returns>
    public double? Share(int right) => Clips == 0 ? null : (double)right / Clips;
}
