using System.Globalization;
using System.Text.Json;

namespace TaskGrain.Labels;

/// <summary>
/// Decides on the taxonomy of a Something-Something data set. It is the built-in one, unless the data set's own list
/// of labels names a category that the built-in one has not; then the list is the taxonomy.
/// </summary>
internal sealed class LabelList(string folder, DataSetBuilder builder)
{
    /// <summary>The taxonomy of a V2 data set.</summary>
    public Taxonomy Read(AnnotationFiles files, CancellationToken cancellation)
    {
        Taxonomy official = Taxonomy.SomethingSomething;
        if (files.Labels is not { } path || ReadJson(path) is not { Count: > 0 } list)
        {
            return official;
        }

        string relative = Relative(path);
        if (list.TrueForAll(entry => official.TryFindCategory(entry.Name, out _)))
        {
            ReportOtherNumbers(list, official, relative);
            return official;
        }

        return Own(list, Spelling(files, cancellation), relative);
    }

    /// <summary>The taxonomy of a V1 data set, whose list has one template a line and no numbers.</summary>
    public Taxonomy ReadLines(AnnotationFiles files)
    {
        Taxonomy official = Taxonomy.SomethingSomething;
        if (files.Labels is not { } path)
        {
            return official;
        }

        List<(string Name, int? Index)> list =
        [
            .. TextFile
                .ReadLines(path)
                .Select(line => DelimitedText.Split(line.Trim(), ';')[0].Trim())
                .Where(name => name.Length > 0)
                .Select((name, i) => (name, (int?)i)),
        ];
        return list.Count == 0 || list.TrueForAll(entry => official.TryFindCategory(entry.Name, out _))
            ? official
            : Own(list, [], Relative(path));
    }

    private List<(string Name, int? Index)>? ReadJson(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(TextFile.ReadUtf8(path));
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object =>
                [
                    .. document.RootElement.EnumerateObject().Select(entry => (entry.Name, Number(entry.Value))),
                ],
                JsonValueKind.Array =>
                [
                    .. document.RootElement.EnumerateArray().Select((entry, i) => (entry.GetString() ?? "", (int?)i)),
                ],
                _ => throw new JsonException("an object of templates and numbers was expected"),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            builder.Report(
                DataProblemKind.LabelList,
                Relative(path),
                $"the label list cannot be read ({fault.Message.TrimEnd('.')}).",
                "Fetch it again. The built-in list of 174 categories is used."
            );
            return null;
        }
    }

    private static int? Number(JsonElement value)
    {
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    /// <summary>
    /// A subset with numbers of its own is a small data set; a full list with other numbers is worth a word.
    /// </summary>
    private void ReportOtherNumbers(List<(string Name, int? Index)> list, Taxonomy official, string relative)
    {
        if (list.Count != official.Categories.Count)
        {
            return;
        }

        var other = list.Where(entry =>
                official.TryFindCategory(entry.Name, out int category) && entry.Index != category
            )
            .ToList();
        if (other.Count > 0)
        {
            builder.Report(
                DataProblemKind.LabelList,
                relative,
                $"{other.Count} of the {list.Count} categories have another number than in the official list, such "
                    + $"as '{other[0].Name}'.",
                "The official numbers are used; nothing needs to be done unless you compare class numbers with "
                    + "another program."
            );
        }
    }

    private Taxonomy Own(List<(string Name, int? Index)> list, Dictionary<string, string> spelling, string relative)
    {
        Taxonomy official = Taxonomy.SomethingSomething;
        string[] names =
        [
            .. list.OrderBy(entry => entry.Index ?? int.MaxValue)
                .Select(entry => entry.Name)
                .DistinctBy(Taxonomy.Key)
                .Select(name =>
                    official.TryFindCategory(name, out int at)
                        ? official.Categories[at]
                        : spelling.GetValueOrDefault(Taxonomy.Key(name), name)
                ),
        ];
        string[] others = [.. names.Where(name => !official.TryFindCategory(name, out _))];
        string near = NearestName.Find(others[0], official.Categories) is { } meant
            ? $" If '{meant}' was meant, correct it."
            : "";
        builder.Report(
            DataProblemKind.LabelList,
            relative,
            $"{others.Length} of its {names.Length} categories {(others.Length == 1 ? "is" : "are")} not in the "
                + $"official list, such as '{others[0]}'.",
            $"The data set's own list of {names.Length} categories is used.{near}"
        );
        return Taxonomy.Grouped(names, official);
    }

    /// <summary>The list leaves the brackets out; the records have them.</summary>
    private static Dictionary<string, string> Spelling(AnnotationFiles files, CancellationToken cancellation)
    {
        var spelling = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Enum.GetValues<Split>().Select(files.Of).OfType<string>())
        {
            JsonRecords.Read(path, (element, _, _) => Note(element, spelling), cancellation);
        }

        return spelling;
    }

    private static void Note(JsonElement element, Dictionary<string, string> spelling)
    {
        try
        {
            if (
                element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty("template", out JsonElement template)
                && template.ValueKind == JsonValueKind.String
                && template.GetString() is { } text
                && text.Contains('[')
            )
            {
                spelling.TryAdd(Taxonomy.Key(text), text);
            }
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8: the record is reported when it is read for its clip.
        }
    }

    private string Relative(string path) => RelativePath.Of(folder, path);
}
