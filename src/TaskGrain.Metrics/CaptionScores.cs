namespace TaskGrain.Metrics;

/// <summary>
/// The caption metrics of a corpus or of one caption. A metric that was not asked for is NaN, a count null.
/// Everything is a fraction (the paper prints percent) but CIDEr, which runs from 0 to 10.
/// </summary>
public sealed record CaptionScores
{
    /// <summary>Number of captions scored.</summary>
    public required int Captions { get; init; }

    /// <summary>BLEU-1.</summary>
    public double Bleu1 { get; init; } = double.NaN;

    /// <summary>BLEU-2.</summary>
    public double Bleu2 { get; init; } = double.NaN;

    /// <summary>BLEU-3.</summary>
    public double Bleu3 { get; init; } = double.NaN;

    /// <summary>BLEU-4, the paper's BLEU@4; of a corpus, from summed counts.</summary>
    public double Bleu4 { get; init; } = double.NaN;

    /// <summary>ROUGE-L; of a corpus, the mean.</summary>
    public double RougeL { get; init; } = double.NaN;

    /// <summary>METEOR 1.5; of a corpus, from summed counts.</summary>
    public double Meteor { get; init; } = double.NaN;

    /// <summary>CIDEr-D, 0 to 10; of a corpus, the mean.</summary>
    public double Cider { get; init; } = double.NaN;

    /// <summary>Captions equal to the truth word by word; <c>[Something]</c> is never right.</summary>
    public int? ExactMatches { get; init; }

    /// <summary>The same with <c>[Something]</c> right where the truth has a word outside the vocabulary.</summary>
    public int? ExactMatchesAllowingRare { get; init; }

    /// <summary>Share of <see cref="ExactMatches"/>.</summary>
    public double ExactMatch => ShareOf(ExactMatches);

    /// <summary>Share of <see cref="ExactMatchesAllowingRare"/>.</summary>
    public double ExactMatchAllowingRare => ShareOf(ExactMatchesAllowingRare);

    /// <summary>Share of right words, position by position; see <see cref="Metrics.TokenAccuracy.Accuracy"/>.</summary>
    public double TokenAccuracy { get; init; } = double.NaN;

    /// <summary>The same with padding; see <see cref="Metrics.TokenAccuracy.AccuracyWithPadding"/>.</summary>
    public double TokenAccuracyWithPadding { get; init; } = double.NaN;

    /// <summary>Scores a corpus with one reference a caption.</summary>
    /// <param name="hypotheses">Generated captions.</param>
    /// <param name="references">True captions, in the same order.</param>
    /// <param name="options">Which metrics and how; null for the defaults.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancel">Stops the work.</param>
    public static CaptionScores Compute(
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<string> references,
        CaptionScoreOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(references);
        string[][] lists = [.. references.Select(reference => new[] { reference })];
        return CaptionEvaluation.Run(hypotheses, lists, options, progress, cancel).Scores;
    }

    /// <summary>Scores a corpus with any number of references a caption.</summary>
    /// <param name="hypotheses">Generated captions.</param>
    /// <param name="references">The true captions of each, in the same order.</param>
    /// <param name="options">Which metrics and how; null for the defaults.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancel">Stops the work.</param>
    public static CaptionScores Compute(
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<IReadOnlyList<string>> references,
        CaptionScoreOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    ) => CaptionEvaluation.Run(hypotheses, references, options, progress, cancel).Scores;

    private double ShareOf(int? captions) => (double?)captions / Captions ?? double.NaN;
}
