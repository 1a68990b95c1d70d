using TaskGrain.Metrics;

namespace TaskGrain.Lab.Benchmarks.Plain;

/// <summary>
/// BLEU as its definition reads: lists of words, dictionaries of n-grams. What <see cref="Bleu"/> is tested and timed
/// against.
/// </summary>
internal static class PlainBleu
{
    /// <summary>The counts of one caption.</summary>
    public static BleuCounts Count(string hypothesis, IReadOnlyList<string> references)
    {
        string[] words = Words(hypothesis);
        string[][] truths = [.. references.Select(Words)];
        int[] totals = new int[4];
        int[] matches = new int[4];
        for (int order = 1; order <= 4; order++)
        {
            Dictionary<string, int> mine = Ngrams(words, order);
            Dictionary<string, int>[] theirs = [.. truths.Select(truth => Ngrams(truth, order))];
            totals[order - 1] = mine.Values.Sum();
            matches[order - 1] = mine.Sum(gram => Math.Min(gram.Value, theirs.Max(t => t.GetValueOrDefault(gram.Key))));
        }

        return new BleuCounts
        {
            HypothesisLength = words.Length,
            ReferenceLength = truths
                .Select(t => t.Length)
                .OrderBy(n => Math.Abs(n - words.Length))
                .ThenBy(n => n)
                .First(),
            Total1 = totals[0],
            Total2 = totals[1],
            Total3 = totals[2],
            Total4 = totals[3],
            Matches1 = matches[0],
            Matches2 = matches[1],
            Matches3 = matches[2],
            Matches4 = matches[3],
        };
    }

    private static string[] Words(string text) =>
        CaptionText.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, int> Ngrams(string[] words, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i + order <= words.Length; i++)
        {
            string gram = string.Join(' ', words[i..(i + order)]);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }
}
