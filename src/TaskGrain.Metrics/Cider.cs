namespace TaskGrain.Metrics;

/// <summary>
/// CIDEr (Vedantam et al. 2015) in the form that caption results are published with, CIDEr-D as the COCO caption
/// tools' scorer "Cider" computes it: tf-idf vectors of n-grams of 1 to 4 words, counts clipped to the reference,
/// a Gaussian penalty on the difference in length (sigma 6), times 10. Document frequencies come from the references
/// that are passed in, one document a caption, so a score means something only within its own corpus: with one
/// caption every weight is log(1) = 0 and so is the score. Texts are cleaned by <see cref="CaptionText"/>.
/// </summary>
internal static class Cider
{
    private const double Sigma = 6;

    /// <summary>Scores a corpus.</summary>
    /// <param name="hypotheses">One caption an item.</param>
    /// <param name="references">At least one true caption an item, in the same order.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>One score an item, 0 to 10; the corpus's is their mean.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, or an item has no reference.</exception>
    public static double[] Score(
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<IReadOnlyList<string>> references,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        CaptionGuard.SameCount(hypotheses.Count, references.Count);
        var grams = new NgramTable();
        var cooked = new NgramCounts[references.Count][];
        for (int item = 0; item < references.Count; item++)
        {
            cancel.ThrowIfCancellationRequested();
            CaptionGuard.AtLeastOneReference(references[item].Count);
            cooked[item] = [.. references[item].Select(grams.Count)];
            grams.AddDocument(cooked[item]);
        }

        double logDocuments = Math.Log(references.Count);
        double[] scores = new double[hypotheses.Count];
        for (int item = 0; item < hypotheses.Count; item++)
        {
            cancel.ThrowIfCancellationRequested();
            NgramCounts hypothesis = grams.Count(hypotheses[item]);
            double sum = 0;
            foreach (NgramCounts reference in cooked[item])
            {
                sum += Similarity(hypothesis, reference, grams, logDocuments);
            }

            scores[item] = 10 * sum / cooked[item].Length;
        }

        return scores;
    }

    private static double Similarity(
        NgramCounts hypothesis,
        NgramCounts reference,
        NgramTable grams,
        double logDocuments
    )
    {
        double mean = 0;
        for (int order = 0; order < NgramTable.Orders; order++)
        {
            ReadOnlySpan<(int Gram, int Count)> h = hypothesis.ByOrder[order];
            ReadOnlySpan<(int Gram, int Count)> r = reference.ByOrder[order];
            double norms =
                Math.Sqrt(SquaredNorm(h, grams, logDocuments)) * Math.Sqrt(SquaredNorm(r, grams, logDocuments));
            double product = 0;
            // Both lists are sorted by n-gram.
            for (int i = 0, j = 0; i < h.Length && j < r.Length;)
            {
                if (h[i].Gram != r[j].Gram)
                {
                    _ = h[i].Gram < r[j].Gram ? i++ : j++;
                    continue;
                }

                double weight = logDocuments - grams.LogFrequency(h[i].Gram);
                product += Math.Min(h[i].Count * weight, r[j].Count * weight) * r[j].Count * weight;
                i++;
                j++;
            }

            mean += norms == 0 ? product : product / norms;
        }

        // The reference program takes the number of bigrams for the length.
        double difference = hypothesis.Bigrams - reference.Bigrams;
        return mean / NgramTable.Orders * Math.Exp(-(difference * difference) / (2 * Sigma * Sigma));
    }

    private static double SquaredNorm(ReadOnlySpan<(int Gram, int Count)> counts, NgramTable grams, double logDocuments)
    {
        double sum = 0;
        foreach ((int gram, int count) in counts)
        {
            double value = count * (logDocuments - grams.LogFrequency(gram));
            sum += value * value;
        }

        return sum;
    }
}
