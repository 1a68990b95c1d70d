using TaskGrain.Metrics;

namespace TaskGrain.Lab.Benchmarks.Plain;

/// <summary>CIDEr-D with dictionaries of n-grams. What <see cref="Cider"/> is tested and timed against.</summary>
internal static class PlainCider
{
    /// <summary>The scores of a corpus.</summary>
    public static double[] Score(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        var documents = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (
            string gram in references.SelectMany(truths =>
                truths.SelectMany(truth => Enumerable.Range(1, 4).SelectMany(n => Ngrams(truth, n))).Distinct()
            )
        )
        {
            documents[gram] = documents.GetValueOrDefault(gram) + 1;
        }

        double Weight(string gram) =>
            Math.Log(references.Count) - Math.Log(Math.Max(1, documents.GetValueOrDefault(gram)));

        Dictionary<string, double> Vector(string text, int order) =>
            Ngrams(text, order)
                .GroupBy(g => g)
                .ToDictionary(g => g.Key, g => g.Count() * Weight(g.Key), StringComparer.Ordinal);

        double Similarity(string hypothesis, string truth, int order)
        {
            Dictionary<string, double> h = Vector(hypothesis, order);
            Dictionary<string, double> r = Vector(truth, order);
            double product = h.Sum(g => Math.Min(g.Value, r.GetValueOrDefault(g.Key)) * r.GetValueOrDefault(g.Key));
            double norms = Math.Sqrt(h.Values.Sum(v => v * v)) * Math.Sqrt(r.Values.Sum(v => v * v));
            double difference = Ngrams(hypothesis, 2).Count() - Ngrams(truth, 2).Count();
            return (norms == 0 ? product : product / norms) * Math.Exp(-difference * difference / (2 * 6 * 6));
        }

        return
        [
            .. hypotheses.Zip(
                references,
                (hypothesis, truths) =>
                    10 * truths.Average(truth => Enumerable.Range(1, 4).Average(n => Similarity(hypothesis, truth, n)))
            ),
        ];
    }

    private static IEnumerable<string> Ngrams(string text, int order)
    {
        string[] words = CaptionText.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable
            .Range(0, Math.Max(0, words.Length - order + 1))
            .Select(i => string.Join(' ', words[i..(i + order)]));
    }
}
