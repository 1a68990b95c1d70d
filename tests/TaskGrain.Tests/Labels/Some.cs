using System.Text.Json;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

/// <summary>Small annotations and data sets in the official forms.</summary>
internal static class Some
{
    public const string HoldingTemplate = "Holding [something]";

    public static Annotation Clip(string id, string template, params string[] placeholders)
    {
        Assert.True(Taxonomy.SomethingSomething.TryFindCategory(template, out int category), template);
        return new Annotation
        {
            Id = id,
            Split = Split.Train,
            Category = category,
            Placeholders = placeholders,
        };
    }

    /// <summary>A V2 record in the official form: the label is the filled template, its first letter small.</summary>
    public static Dictionary<string, object?> Record(string id, string template, params string[] placeholders)
    {
        var parsed = new CaptionTemplate(template);
        string label = placeholders.Length == parsed.Brackets.Count ? parsed.Fill(placeholders) : template;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["label"] = label.Length == 0 ? "" : char.ToLowerInvariant(label[0]) + label[1..],
            ["template"] = template,
            ["placeholders"] = placeholders,
        };
    }

    public static Dictionary<string, object?> With(
        this Dictionary<string, object?> record,
        string key,
        object? value
    ) => new(record, StringComparer.Ordinal) { [key] = value };

    public static Dictionary<string, object?> Without(this Dictionary<string, object?> record, string key)
    {
        var copy = new Dictionary<string, object?>(record, StringComparer.Ordinal);
        copy.Remove(key);
        return copy;
    }

    /// <summary>One record a line, as in the published files.</summary>
    public static string JsonLines(params object?[] records) =>
        "[\n" + string.Join(",\n", records.Select(record => JsonSerializer.Serialize(record))) + "\n]\n";
}

/// <summary>
/// A V2 data set on disk: two good training clips and one of validation, to which a test adds what it needs.
/// </summary>
internal sealed class V2Folder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public V2Folder(string annotations = "", string videos = "")
    {
        (Annotations, Videos) = (annotations, videos);
        Train(
            Some.Record("1", Some.HoldingTemplate, "a red cup"),
            Some.Record("2", "Pushing [something] from left to right", "pen")
        );
        Write("validation", Some.JsonLines(Some.Record("3", Some.HoldingTemplate, "bottle")));
        Video("1", "2", "3");
    }

    public string Path => _folder.Path;

    public string Annotations { get; }

    public string Videos { get; }

    public void Train(params object?[] records) => Write("train", Some.JsonLines(records));

    public void Validation(params object?[] records) => Write("validation", Some.JsonLines(records));

    public void Test(params object?[] records) => Write("test", Some.JsonLines(records));

    public void Write(string part, string content) =>
        File($"{Annotations}/something-something-v2-{part}.json".TrimStart('/'), content);

    public void File(string relative, string content)
    {
        string path = System.IO.Path.Combine(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
    }

    public void Video(params string[] ids)
    {
        foreach (string id in ids)
        {
            File($"{Videos}/{id}.webm".TrimStart('/'), $"video {id}");
        }
    }

    public DataSet Open() => DataSet.Open(Path);

    public void Dispose() => _folder.Dispose();
}
