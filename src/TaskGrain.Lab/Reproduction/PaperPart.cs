namespace TaskGrain.Lab.Reproduction;

/// <summary>A table or figure of the paper that the reproduction makes again.</summary>
internal enum PaperPart
{
    /// <summary>Classification with different divisions between the two channels.</summary>
    Table1,

    /// <summary>Training on coarse against training on fine labels.</summary>
    Table2,

    /// <summary>Classification from the frozen features of single frames.</summary>
    Table3,

    /// <summary>Captions from the frozen features of single frames.</summary>
    Table4,

    /// <summary>Simplified captions with different divisions between the channels.</summary>
    Table6,

    /// <summary>Joint training against captioning alone.</summary>
    Table7,

    /// <summary>Full captions with different divisions between the channels.</summary>
    Table8,

    /// <summary>Frozen features carried over to the kitchenware classes, and to real clips if some are given.</summary>
    Figure5,

    /// <summary>
    /// Not the paper's: how much the joint training of the equal division differs between training seeds.
    /// </summary>
    Stability,
}

/// <summary>The parts by the words of the command line.</summary>
internal static class PaperParts
{
    /// <summary>All of them, in the paper's order.</summary>
    public static IReadOnlyList<PaperPart> All { get; } = Enum.GetValues<PaperPart>();

    /// <summary>Reads a list.</summary>
    /// <param name="text">Such as <c>table1,figure5</c>; <c>all</c> for all.</param>
    /// <returns>The parts, each once, in the paper's order.</returns>
    /// <exception cref="TaskGrainException">A word is no part.</exception>
    public static IReadOnlyList<PaperPart> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words is ["all"])
        {
            return All;
        }

        string? unknown = words.FirstOrDefault(word => !All.Any(part => Is(part, word)));
        if (unknown is not null || words.Length == 0)
        {
            throw new TaskGrainException(
                $"'{unknown ?? text}' is no part of the reproduction; there are all, "
                    + $"{string.Join(", ", All.Select(Name))}."
            );
        }

        return [.. All.Where(part => words.Any(word => Is(part, word)))];
    }

    /// <summary>The word for a part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>Such as <c>table1</c>.</returns>
    public static string Name(this PaperPart part) => part.ToString().ToLowerInvariant();

    /// <summary>What the paper calls a part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>Such as <c>Table 1</c>.</returns>
    public static string Title(this PaperPart part) =>
        part.ToString()
            .Replace("Table", "Table ", StringComparison.Ordinal)
            .Replace("Figure", "Figure ", StringComparison.Ordinal);

    private static bool Is(PaperPart part, string word) =>
        part.ToString().Equals(word, StringComparison.OrdinalIgnoreCase);
}
