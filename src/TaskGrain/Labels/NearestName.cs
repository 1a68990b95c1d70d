namespace TaskGrain.Labels;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The name with the smallest edit distance, if it is small beside the name's length.</summary>
    /// <param name="name">The mistyped name.</param>
    /// <param name="names">The names there are.</param>
    /// <returns>Null when none is near.</returns>
    public static string? Find(string name, IReadOnlyList<string> names)
    {
        string key = Taxonomy.Key(name);
        string? best = null;
        int bestDistance = Math.Max(2, key.Length / 4) + 1;
        foreach (string candidate in names)
        {
            int distance = Distance(key, Taxonomy.Key(candidate), bestDistance);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Levenshtein's distance, or <paramref name="limit"/> when it is that or more.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return Math.Min(row[b.Length], limit);
    }
}
