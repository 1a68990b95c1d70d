using TaskGrain.Metrics;

namespace TaskGrain.Lab.Benchmarks.Plain;

/// <summary>
/// ROUGE-L with the whole table of common subsequences. What <see cref="RougeL"/> is tested and timed against.
/// </summary>
internal static class PlainRougeL
{
    /// <summary>The score of one caption.</summary>
    public static double Score(string hypothesis, IReadOnlyList<string> references)
    {
        const double beta = 1.2;
        string[] words = CaptionText.Clean(hypothesis).Split(' ');
        string[][] truths = [.. references.Select(reference => CaptionText.Clean(reference).Split(' '))];
        double precision = truths.Max(truth => Common(words, truth) / words.Length);
        double recall = truths.Max(truth => Common(words, truth) / truth.Length);
        return precision == 0 || recall == 0
            ? 0
            : (1 + (beta * beta)) * precision * recall / (recall + (beta * beta * precision));
    }

    private static double Common(string[] a, string[] b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                table[i, j] =
                    a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[a.Length, b.Length];
    }
}
