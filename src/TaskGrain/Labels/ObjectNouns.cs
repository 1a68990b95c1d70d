using System.Collections.Frozen;

namespace TaskGrain.Labels;

/// <summary>
/// Chooses the one word that stands for an object description in a simplified caption (paper, Section 5.3: "keeping
/// the last noun"). The description's own noun phrase ends before the first preposition or relative word, so that
/// <c>pen on paper</c> is a pen; a noun that only measures, as in <c>a piece of paper</c>, gives way to what it
/// measures.
/// </summary>
internal static class ObjectNouns
{
    private static readonly FrozenSet<string> Measures = FrozenSet.ToFrozenSet(
        [
            "piece",
            "pieces",
            "pair",
            "pairs",
            "bit",
            "bits",
            "lot",
            "couple",
            "bunch",
            "bunches",
            "kind",
            "kinds",
            "type",
            "types",
            "sort",
            "sorts",
            "set",
            "sets",
            "group",
            "groups",
            "number",
            "amount",
            "handful",
            "slice",
            "slices",
            "sheet",
            "sheets",
            "strip",
            "strips",
            "chunk",
            "chunks",
            "lump",
            "lumps",
            "drop",
            "drops",
            "pinch",
            "stack",
            "stacks",
            "pile",
            "piles",
            "heap",
            "heaps",
            "bundle",
            "bundles",
            "cluster",
            "part",
            "portion",
            "halves",
            "quarter",
            "roll",
            "rolls",
            "bar",
            "bars",
            "block",
            "blocks",
            "dozens",
            "hundreds",
            "mix",
            "mixture",
            "variety",
            "plenty",
            "scrap",
            "scraps",
            "fragment",
            "fragments",
            "load",
            "loads",
            "strand",
            "strands",
            "row",
            "rows",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Ways to begin a place: what stands after them is the thing.</summary>
    private static readonly string[][] PlaceBeginnings =
    [
        ["in", "front", "of"],
        ["on", "top", "of"],
        ["in", "the", "middle", "of"],
        ["on", "the", "top", "of"],
        ["on", "the", "edge", "of"],
        ["on", "the", "side", "of"],
        ["at", "the", "edge", "of"],
        ["next", "to"],
        ["close", "to"],
    ];

    /// <summary>Chooses the word.</summary>
    /// <param name="words">The description's words.</param>
    /// <param name="bracket">What its bracket holds; in <c>number of</c> the number is wanted.</param>
    /// <param name="rule">Which noun.</param>
    /// <returns>Null when there are no words.</returns>
    public static string? Choose(IReadOnlyList<string> words, string bracket, ObjectNoun rule)
    {
        if (words.Count <= 1 || rule == ObjectNoun.LastWord)
        {
            return words.Count == 0 ? null : words[^1];
        }

        WordKind[] kinds = Kinds(words);
        if (
            bracket.Equals("number of", StringComparison.OrdinalIgnoreCase)
            && Array.LastIndexOf(kinds, WordKind.Quantity) is var number and >= 0
        )
        {
            return words[number];
        }

        int found = rule == ObjectNoun.LastNoun ? LastNoun(kinds, 0, kinds.Length) : OwnPhrase(words, kinds);
        return words[found >= 0 ? found : Fallback(kinds)];
    }

    private static WordKind[] Kinds(IReadOnlyList<string> words)
    {
        WordKind[] kinds = [.. words.Select(PartsOfSpeech.Of)];
        for (int i = 1; i < kinds.Length; i++)
        {
            if (words[i] == "over" && words[i - 1] == "left")
            {
                kinds[i - 1] = kinds[i] = WordKind.Modifier;
            }
            else if (PartsOfSpeech.Attaches(words[i]) && Array.IndexOf(kinds, WordKind.Noun, 0, i) >= 0)
            {
                kinds[i] = WordKind.Boundary;
            }
        }

        return kinds;
    }

    private static int OwnPhrase(IReadOnlyList<string> words, WordKind[] kinds)
    {
        int start = AfterPlaceBeginning(words);
        for (int end = start; end <= kinds.Length; end++)
        {
            if (end < kinds.Length && kinds[end] != WordKind.Boundary)
            {
                continue;
            }

            int noun = LastNoun(kinds, start, end);
            bool measures =
                end < kinds.Length - 1
                && noun >= 0
                && words[end] == "of"
                && Measures.Contains(words[noun])
                && LastNoun(kinds, end + 1, kinds.Length) >= 0;
            if (noun >= 0 && !measures)
            {
                return noun;
            }

            start = end + 1;
        }

        return -1;
    }

    private static int AfterPlaceBeginning(IReadOnlyList<string> words)
    {
        foreach (string[] beginning in PlaceBeginnings)
        {
            if (
                words.Count > beginning.Length
                && words.Take(beginning.Length).SequenceEqual(beginning, StringComparer.Ordinal)
            )
            {
                return beginning.Length;
            }
        }

        return 0;
    }

    /// <summary>
    /// The last noun of a stretch; where there is none, the last word that can be one; -1 for neither.
    /// </summary>
    private static int LastNoun(WordKind[] kinds, int start, int end)
    {
        int either = -1;
        for (int i = end - 1; i >= start; i--)
        {
            if (kinds[i] == WordKind.Noun)
            {
                return i;
            }

            if (kinds[i] == WordKind.Either && either < 0)
            {
                either = i;
            }
        }

        return either;
    }

    /// <summary>No noun at all: the last word that means something, else the last word.</summary>
    private static int Fallback(WordKind[] kinds)
    {
        int last = Array.FindLastIndex(kinds, kind => kind is WordKind.Modifier or WordKind.Quantity);
        return last >= 0 ? last : kinds.Length - 1;
    }
}
