namespace TaskGrain.Explain.Reports;

/// <summary>
/// Finds by their words which class is the failing or pretended form of which action: <c>Pretending to pick
/// [something] up</c> of <c>Picking [something] up</c>, <c>… but not enough for it to slide down</c> of <c>… until it
/// starts sliding down</c>.
/// </summary>
internal static class ContrastNames
{
    private const int FewestCommonWords = 3;

    private static readonly string[] Beginnings =
    [
        "pretending or trying and failing to ",
        "pretending or failing to ",
        "pretending to be ",
        "pretending to ",
        "trying but failing to ",
        "trying to ",
        "failing to ",
    ];

    private static readonly string[] Conditions = ["without", "because", "so", "but"];

    /// <summary>Finds the pairs.</summary>
    /// <param name="names">The classes.</param>
    /// <returns>Class numbers, in the order of the pretences.</returns>
    public static IReadOnlyList<(int Action, int Pretence)> Pairs(IReadOnlyList<string> names)
    {
        string[][] words = [.. names.Select(Words)];
        bool[] pretended = [.. names.Select(name => Beginning(Plain(name)) is not null)];
        bool[] failing = [.. words.Select(list => list.Contains("but"))];
        var pairs = new List<(int, int)>();
        for (int pretence = 0; pretence < names.Count; pretence++)
        {
            if (!pretended[pretence] && !failing[pretence])
            {
                continue;
            }

            string[] done = pretended[pretence]
                ? [.. Words(Plain(names[pretence])[Beginning(Plain(names[pretence]))!.Length..])]
                : [.. words[pretence]];
            string[] ends = pretended[pretence] ? Conditions : ["but"];
            string[] head = [.. done.TakeWhile((word, at) => at == 0 || !ends.Contains(word))];
            int best = Enumerable
                .Range(0, names.Count)
                .Where(other => !pretended[other] && !failing[other])
                .Select(other => (other, score: Likeness(head, done, words[other], pretended[pretence])))
                .Where(pair => pair.score > 0)
                .OrderByDescending(pair => pair.score)
                .Select(pair => pair.other)
                .DefaultIfEmpty(-1)
                .First();
            if (best >= 0)
            {
                pairs.Add((best, pretence));
            }
        }

        return pairs;
    }

    // Whole: what is pretended is all in the action's beginning. Else the words in common from the start count, and
    // then those in common anywhere; of equals the shorter action is the plainer one.
    private static double Likeness(string[] head, string[] done, string[] action, bool pretended)
    {
        if (head.Length == 0 || action.Length == 0 || !SameVerb(head[0], action[0]))
        {
            return 0;
        }

        int common = 1;
        while (common < Math.Min(head.Length, action.Length) && Same(head[common], action[common]))
        {
            common++;
        }

        bool whole = common == head.Length || common == action.Length;
        if (pretended ? !whole : common < FewestCommonWords)
        {
            return 0;
        }

        return common + (done.Intersect(action).Count() / 100.0) - (action.Length / 10_000.0);
    }

    private static bool Same(string one, string other) =>
        one == other || (one, other) is ("air", "something") or ("something", "air");

    private static bool SameVerb(string verb, string doing) =>
        verb == doing
        || doing == $"{verb}ing"
        || (verb.Length > 1 && (doing == $"{verb[..^1]}ing" || doing == $"{verb}{verb[^1]}ing"));

    private static string? Beginning(string plain) =>
        Array.Find(Beginnings, beginning => plain.StartsWith(beginning, StringComparison.Ordinal));

    private static string Plain(string name) => name.Trim().ToLowerInvariant();

    // A bracket is one word, whatever it asks for.
    private static string[] Words(string name)
    {
        var text = new System.Text.StringBuilder();
        int depth = 0;
        foreach (char c in Plain(name))
        {
            depth += c == '[' ? 1 : 0;
            if (c == ']' && depth > 0)
            {
                depth--;
                text.Append(" something ");
            }
            else if (depth == 0)
            {
                text.Append(char.IsLetterOrDigit(c) || c == '\'' ? c : ' ');
            }
        }

        return text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
