namespace TaskGrain.Labels;

/// <summary>
/// The annotation files of a Something-Something data set: <c>something-something-v2-train.json</c> and its sisters,
/// or the newer release's bare <c>train.json</c>.
/// </summary>
internal sealed class AnnotationFiles
{
    private static readonly string[] Places = ["", "labels", "annotations"];
    private static readonly string[] Parts = ["train", "validation", "test", "labels"];
    private static readonly string[] OfficialPrefixes = ["something-something-v2-", "something-something-v1-", ""];

    private readonly Dictionary<string, string> _paths;

    private AnnotationFiles(Dictionary<string, string> paths, string prefix) => (_paths, Prefix) = (paths, prefix);

    /// <summary>What stands before <c>train.json</c>; may be empty.</summary>
    public string Prefix { get; }

    /// <summary>The label list; null when there is none.</summary>
    public string? Labels => _paths.GetValueOrDefault("labels");

    /// <summary>The folder they lie in.</summary>
    public string Folder => Path.GetDirectoryName(_paths.Values.First())!;

    /// <summary>The file of a split; null when there is none.</summary>
    public string? Of(Split split) => _paths.GetValueOrDefault(split.Name());

    /// <summary>Finds a set of files that holds at least one split.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="extension"><c>.json</c> or <c>.csv</c>.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="TaskGrainException">There are several, and none of them is the official one.</exception>
    public static AnnotationFiles? Find(string folder, string extension)
    {
        List<AnnotationFiles> found =
        [
            .. Places
                .Select(place => Path.Combine(folder, place))
                .Where(Directory.Exists)
                .SelectMany(place => InFolder(place, extension)),
        ];
        if (found.Count == 0)
        {
            return null;
        }

        foreach (string official in OfficialPrefixes)
        {
            AnnotationFiles[] named = [.. found.Where(files => files.Prefix == official)];
            if (named.Length > 0)
            {
                return named[0];
            }
        }

        return found.Count == 1
            ? found[0]
            : throw new TaskGrainException(
                $"{folder} holds the annotation files of several data sets: "
                    + $"{string.Join(", ", found.Select(files => $"{files.Prefix}*{extension}"))}. Give each a "
                    + $"folder of its own."
            );
    }

    private static IEnumerable<AnnotationFiles> InFolder(string folder, string extension)
    {
        var byPrefix = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, $"*{extension}"))
        {
            string stem = Path.GetFileNameWithoutExtension(path);
            string? part = Parts.FirstOrDefault(part => stem.EndsWith(part, StringComparison.OrdinalIgnoreCase));
            string prefix = part is null ? "" : stem[..^part.Length];
            if (part is null || MediaNames.IsHidden(stem) || (prefix.Length > 0 && prefix[^1] is not ('-' or '_')))
            {
                continue;
            }

            if (!byPrefix.TryGetValue(prefix, out Dictionary<string, string>? parts))
            {
                byPrefix[prefix] = parts = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            parts[part] = path;
        }

        return byPrefix
            .Where(entry => entry.Value.Keys.Any(part => part != "labels"))
            .Select(entry => new AnnotationFiles(entry.Value, entry.Key));
    }
}
