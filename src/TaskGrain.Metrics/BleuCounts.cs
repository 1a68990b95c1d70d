namespace TaskGrain.Metrics;

/// <summary>What BLEU is computed from; sums over captions give the corpus's score.</summary>
internal readonly record struct BleuCounts
{
    /// <summary>Words of the hypothesis.</summary>
    public int HypothesisLength { get; init; }

    /// <summary>Words of the reference closest in length, the shorter one on a tie.</summary>
    public int ReferenceLength { get; init; }

    /// <summary>n-grams of the hypothesis, n = 1.</summary>
    public int Total1 { get; init; }

    /// <summary>n-grams of the hypothesis, n = 2.</summary>
    public int Total2 { get; init; }

    /// <summary>n-grams of the hypothesis, n = 3.</summary>
    public int Total3 { get; init; }

    /// <summary>n-grams of the hypothesis, n = 4.</summary>
    public int Total4 { get; init; }

    /// <summary>Clipped matches, n = 1.</summary>
    public int Matches1 { get; init; }

    /// <summary>Clipped matches, n = 2.</summary>
    public int Matches2 { get; init; }

    /// <summary>Clipped matches, n = 3.</summary>
    public int Matches3 { get; init; }

    /// <summary>Clipped matches, n = 4.</summary>
    public int Matches4 { get; init; }

    /// <summary>Adds two captions or two corpora.</summary>
    public static BleuCounts operator +(BleuCounts a, BleuCounts b) =>
        new()
        {
            HypothesisLength = a.HypothesisLength + b.HypothesisLength,
            ReferenceLength = a.ReferenceLength + b.ReferenceLength,
            Total1 = a.Total1 + b.Total1,
            Total2 = a.Total2 + b.Total2,
            Total3 = a.Total3 + b.Total3,
            Total4 = a.Total4 + b.Total4,
            Matches1 = a.Matches1 + b.Matches1,
            Matches2 = a.Matches2 + b.Matches2,
            Matches3 = a.Matches3 + b.Matches3,
            Matches4 = a.Matches4 + b.Matches4,
        };

    /// <summary>n-grams of the hypothesis.</summary>
    /// <param name="order">1 to 4.</param>
    public int Total(int order) =>
        order switch
        {
            1 => Total1,
            2 => Total2,
            3 => Total3,
            4 => Total4,
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "BLEU counts n-grams of 1 to 4 words."),
        };

    /// <summary>Clipped matches.</summary>
    /// <param name="order">1 to 4.</param>
    public int Matches(int order) =>
        order switch
        {
            1 => Matches1,
            2 => Matches2,
            3 => Matches3,
            4 => Matches4,
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "BLEU counts n-grams of 1 to 4 words."),
        };

    /// <summary>
    /// BLEU-1 to BLEU-<paramref name="order"/> combined: the geometric mean of the precisions times brevity.
    /// </summary>
    /// <param name="order">1 to 4.</param>
    /// <returns>0 to just below 1.</returns>
    public double Score(int order)
    {
        // The constants are part of the definition that published caption scores use; they decide short captions.
        const double tiny = 1e-15;
        const double small = 1e-9;
        double product = 1;
        for (int n = 1; n <= order; n++)
        {
            product *= (Matches(n) + tiny) / (Total(n) + small);
        }

        double score = Math.Pow(product, 1.0 / order);
        double ratio = (HypothesisLength + tiny) / (ReferenceLength + small);
        return ratio < 1 ? score * Math.Exp(1 - (1 / ratio)) : score;
    }

    internal BleuCounts With(int order, int total, int matches) =>
        order switch
        {
            1 => this with { Total1 = total, Matches1 = matches },
            2 => this with { Total2 = total, Matches2 = matches },
            3 => this with { Total3 = total, Matches3 = matches },
            _ => this with { Total4 = total, Matches4 = matches },
        };
}
