namespace TaskGrain.Labels;

/// <summary>
/// A bracket that is there twice with the same special words, such as <c>[something in it]</c>, may be described once.
/// <c>[something]</c> twice is two objects.
/// </summary>
internal static class RepeatedBrackets
{
    /// <summary>Repeats the descriptions of repeated brackets, where that makes their number right.</summary>
    /// <param name="brackets">What the brackets hold.</param>
    /// <param name="given">The descriptions.</param>
    /// <returns>One description for each bracket, or <paramref name="given"/> as it was.</returns>
    public static IReadOnlyList<string> Fill(IReadOnlyList<string> brackets, IReadOnlyList<string> given)
    {
        if (given.Count >= brackets.Count)
        {
            return given;
        }

        string[] distinct = [.. brackets.Where((bracket, i) => IsPlain(bracket) || FirstIndex(brackets, bracket) == i)];
        if (distinct.Length != given.Count)
        {
            return given;
        }

        int next = 0;
        var full = new List<string>();
        for (int i = 0; i < brackets.Count; i++)
        {
            int first = FirstIndex(brackets, brackets[i]);
            full.Add(IsPlain(brackets[i]) || first == i ? given[next++] : full[first]);
        }

        return full;
    }

    private static bool IsPlain(string bracket) => bracket.Equals("something", StringComparison.OrdinalIgnoreCase);

    private static int FirstIndex(IReadOnlyList<string> brackets, string bracket)
    {
        int at = 0;
        while (brackets[at] != bracket)
        {
            at++;
        }

        return at;
    }
}
