namespace TaskGrain.Training;

/// <summary>
/// What a pass over the validation clips gave (centre crops, no dropout). Means over clips, not over batches. The
/// figures of a head that the model lacks are null.
/// </summary>
public sealed record ValidationReport
{
    /// <summary>Clips measured.</summary>
    public required int Clips { get; init; }

    /// <summary>True when there were no validation clips and the training clips stood in for them.</summary>
    public bool OnTrainingClips { get; init; }

    /// <summary>Mean cross-entropy of the classes, in nats.</summary>
    public double? ClassLoss { get; init; }

    /// <summary>Share of clips whose class is the likeliest one.</summary>
    public double? Top1 { get; init; }

    /// <summary>
    /// Share of clips whose class is among the five likeliest; null where there are no more than five.
    /// </summary>
    public double? Top5 { get; init; }

    /// <summary>
    /// Mean negative log-probability of a caption's word (teacher forcing), in nats, padding as in training.
    /// </summary>
    public double? CaptionLoss { get; init; }

    /// <summary>
    /// Share of the words, a caption's end included and its padding not, that are the likeliest ones (teacher forcing).
    /// </summary>
    public double? WordAccuracy { get; init; }

    /// <summary>
    /// Share of captions generated word for word (greedy, previous prediction fed back), compared as token ids: a rare
    /// word that is <c>[Something]</c> on both sides counts as equal. Evaluation reports it both ways.
    /// </summary>
    public double? ExactMatch { get; init; }

    /// <summary>The joint loss: λ · classification + (1 − λ) · captioning.</summary>
    /// <param name="lambda">λ, 0 to 1.</param>
    /// <returns>The loss.</returns>
    public double Loss(double lambda) => Weighted(lambda, ClassLoss, CaptionLoss);

    /// <summary>What models are chosen by: λ · top-1 accuracy + (1 − λ) · exact match.</summary>
    /// <param name="lambda">The λ that the run ends with, so that epochs compare.</param>
    /// <returns>0 to 1, higher is better.</returns>
    public double Score(double lambda) => Weighted(lambda, Top1, ExactMatch);

    /// <summary>The figures in words, such as <c>loss 1.234, top-1 51.3%</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString()
    {
        string[] figures =
        [
            .. Figure(ClassLoss, value => $"class loss {value:0.000}"),
            .. Figure(Top1, value => $"top-1 {value:0.0%}"),
            .. Figure(Top5, value => $"top-5 {value:0.0%}"),
            .. Figure(CaptionLoss, value => $"caption loss {value:0.000}"),
            .. Figure(WordAccuracy, value => $"words {value:0.0%}"),
            .. Figure(ExactMatch, value => $"exact match {value:0.0%}"),
        ];
        return string.Join(", ", figures);
    }

    private static IEnumerable<string> Figure(double? value, Func<double, string> format) =>
        value is { } number ? [format(number)] : [];

    // A weight of zero drops its term even when that is not a number.
    private static double Weighted(double lambda, double? classification, double? captioning) =>
        (lambda > 0 ? lambda * (classification ?? 0) : 0) + (lambda < 1 ? (1 - lambda) * (captioning ?? 0) : 0);
}
