using System.Globalization;

namespace TaskGrain.WordNetCompiler;

/// <summary>WordNet's index and exception files, read as METEOR's own tables were made from them.</summary>
/// <param name="Lemmas">The synset offsets of each lemma, all parts of speech in one set.</param>
/// <param name="Exceptions">The base forms of each irregular form, all parts of speech in one set.</param>
internal sealed record WordNetSource(
    SortedDictionary<string, SortedSet<int>> Lemmas,
    SortedDictionary<string, SortedSet<string>> Exceptions
)
{
    /// <summary>
    /// Debian's data.adj has one byte more than Princeton's from this synset's gloss on ("plan: " for "plan:"), so the
    /// offsets behind it are one larger. METEOR has Princeton's, and as it throws the parts of speech together, an
    /// adjective and a noun that happen to have the same offset count as synonyms. Undone here to keep that.
    /// </summary>
    private const int LastUnshiftedAdjective = 1681307;
    private const int FirstShiftedAdjective = 1681478;

    private static readonly string[] PartsOfSpeech = ["noun", "verb", "adj", "adv"];

    public static WordNetSource Read(string folder)
    {
        var source = new WordNetSource(new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (string part in PartsOfSpeech)
        {
            source.AddIndex(Path.Combine(folder, $"index.{part}"), part == "adj");
            source.AddExceptions(Path.Combine(folder, $"{part}.exc"));
        }

        return source;
    }

    private void AddIndex(string path, bool adjectives)
    {
        var entries = new List<(string Lemma, int[] Offsets)>();
        foreach ((int number, string line) in File.ReadLines(path).Index())
        {
            // The licence stands in front, every line of it indented.
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                continue;
            }

            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (
                fields.Length < 4
                || !int.TryParse(fields[2], CultureInfo.InvariantCulture, out int synsets)
                || fields.Length < synsets + 4
            )
            {
                throw new FormatException(
                    $"{path}, line {number + 1}: expected 'lemma pos synsets ... offsets', found '{line}'"
                );
            }

            entries.Add((fields[0], [.. fields[^synsets..].Select(f => int.Parse(f, CultureInfo.InvariantCulture))]));
        }

        bool shifted = adjectives && entries.Any(e => e.Offsets.Contains(FirstShiftedAdjective));
        foreach ((string lemma, int[] offsets) in entries)
        {
            if (!Lemmas.TryGetValue(lemma, out SortedSet<int>? all))
            {
                Lemmas.Add(lemma, all = []);
            }

            all.UnionWith(offsets.Select(offset => shifted && offset > LastUnshiftedAdjective ? offset - 1 : offset));
        }
    }

    private void AddExceptions(string path)
    {
        foreach ((int number, string line) in File.ReadLines(path).Index())
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2)
            {
                throw new FormatException($"{path}, line {number + 1}: expected 'form base ...', found '{line}'");
            }

            if (!Exceptions.TryGetValue(fields[0], out SortedSet<string>? bases))
            {
                Exceptions.Add(fields[0], bases = new(StringComparer.Ordinal));
            }

            bases.UnionWith(fields[1..]);
        }
    }
}
