using System.Text.RegularExpressions;
using TaskGrain.Labels;

namespace TaskGrain.Transfer.Teaching;

/// <summary>
/// Which clips belong together, such as those of one room or one person: from a table, or from the clips' names.
/// </summary>
public sealed class ClipGroups
{
    private const string Placeholder = "{group}";
    private static readonly string[] FileColumns = ["file", "path", "clip", "name", "id"];
    private static readonly string[] GroupColumns = ["group", "scene", "room", "place", "person"];

    private readonly Func<string, string?> _groupOf;
    private readonly string _what;

    private ClipGroups(Func<string, string?> groupOf, string what)
    {
        _groupOf = groupOf;
        _what = what;
    }

    /// <summary>Reads where groups come from.</summary>
    /// <param name="text">
    /// A CSV file with a column <c>file</c> and a column <c>group</c> (or <c>scene</c>, <c>room</c>, <c>place</c>,
    /// <c>person</c>; another is named by <c>FILE.csv:COLUMN</c>); or a pattern of the clips' names such as
    /// <c>*/{group}-*</c>, in which a star is anything.
    /// </param>
    /// <returns>The groups.</returns>
    /// <exception cref="TaskGrainException">It is neither, or the file lacks a column.</exception>
    public static ClipGroups Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains(Placeholder, StringComparison.Ordinal))
        {
            return OfPattern(text);
        }

        int end = text.LastIndexOf(".csv", StringComparison.OrdinalIgnoreCase);
        return end >= 0 && (end + 4 == text.Length || text[end + 4] == ':')
            ? OfFile(text[..(end + 4)], end + 5 < text.Length ? text[(end + 5)..] : null)
            : throw new TaskGrainException(
                $"'{text}' says no groups; give a table, FILE.csv or FILE.csv:COLUMN, or a pattern of the clips' names "
                    + $"with {Placeholder} in it, such as */{Placeholder}-*."
            );
    }

    /// <summary>
    /// What <see cref="Parse"/> read, without the machine's folders: a pattern as it is, a table by its name.
    /// </summary>
    /// <param name="text">What was read.</param>
    internal static string WithoutFolder(string text) =>
        text.Contains(Placeholder, StringComparison.Ordinal) ? text : Path.GetFileName(text);

    /// <summary>The groups of clips.</summary>
    /// <param name="paths">The clips, relative to the folder of classes.</param>
    /// <returns>The group of each.</returns>
    /// <exception cref="TaskGrainException">Some clips have none; the message names them.</exception>
    public IReadOnlyList<string> Of(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string?[] groups = [.. paths.Select(_groupOf)];
        string[] without = [.. paths.Where((_, i) => string.IsNullOrEmpty(groups[i]))];
        return without.Length == 0
            ? [.. groups.Select(group => group!)]
            : throw new TaskGrainException(
                $"{_what} says no group for {without.Length} of {paths.Count} clips, such as "
                    + $"{string.Join(", ", without.Take(3))}."
            );
    }

    private static ClipGroups OfPattern(string pattern)
    {
        string expression = Regex
            .Escape(pattern)
            .Replace("\\*", ".*?", StringComparison.Ordinal)
            .Replace(Regex.Escape(Placeholder), "(?<group>[^/]+?)", StringComparison.Ordinal);
        if (pattern.Split(Placeholder).Length != 2)
        {
            throw new TaskGrainException($"the pattern '{pattern}' must have {Placeholder} in it once.");
        }

        var names = new Regex(
            $"^{expression}$",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
        );
        return new ClipGroups(
            path => names.Match(path) is { Success: true } match ? match.Groups["group"].Value : null,
            $"the pattern '{pattern}'"
        );
    }

    private static ClipGroups OfFile(string file, string? column)
    {
        string[][] rows;
        try
        {
            rows = [.. File.ReadLines(file).Where(line => line.Trim().Length > 0).Select(Cells)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{file} cannot be read: {fault.Message}", fault);
        }

        int clip = Column(file, rows, FileColumns);
        int group = Column(file, rows, column is null ? GroupColumns : [column]);
        Dictionary<string, string> byPath = new(StringComparer.Ordinal);
        Dictionary<string, string?> byEnd = new(StringComparer.Ordinal);
        foreach (string[] row in rows.Skip(1).Where(row => row.Length > Math.Max(clip, group)))
        {
            string path = row[clip].Replace('\\', '/');
            byPath[path] = row[group];
            string end = End(path, parts: 1);
            byEnd[end] = byEnd.TryGetValue(end, out string? other) && other != row[group] ? null : row[group];
        }

        // A folder with levels for splits has one more in front than a table of the classes' folders.
        return new ClipGroups(
            path =>
                byPath.TryGetValue(path, out string? found) || byPath.TryGetValue(End(path, parts: 2), out found)
                    ? found
                    : byEnd.GetValueOrDefault(End(path, parts: 1)),
            file
        );
    }

    private static int Column(string file, string[][] rows, string[] wanted)
    {
        string[] header = rows.Length > 0 ? [.. rows[0].Select(cell => cell.Trim().ToLowerInvariant())] : [];
        foreach (string name in wanted)
        {
            if (Array.IndexOf(header, name.ToLowerInvariant()) is >= 0 and int at)
            {
                return at;
            }
        }

        throw new TaskGrainException(
            $"{file} has no column {string.Join(" or ", wanted.Select(name => $"'{name}'"))}; its first line is "
                + $"'{string.Join(',', header)}'."
        );
    }

    private static string[] Cells(string line) => [.. DelimitedText.Split(line, ',').Select(cell => cell.Trim())];

    private static string End(string path, int parts) =>
        string.Join('/', path.Split('/') is var all ? all[^Math.Min(parts, all.Length)..] : []);
}
