using System.Text.Json;

namespace TaskGrain.Metrics;

/// <summary>Captions in the files of the COCO caption challenge. Keys that are not needed are passed over.</summary>
internal static class CocoCaptionFiles
{
    public static CaptionCorpus Read(IReadOnlyList<string> referenceFiles, string hypothesisFile)
    {
        var references = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string file in referenceFiles)
        {
            foreach ((string id, string caption, string _) in References(file))
            {
                if (!references.TryGetValue(id, out List<string>? captions))
                {
                    references.Add(id, captions = []);
                }

                captions.Add(caption);
            }
        }

        var hypotheses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string id, string caption, string place) in Hypotheses(hypothesisFile))
        {
            if (!references.ContainsKey(id))
            {
                throw new TaskGrainException(
                    $"{hypothesisFile}, {place}: image {id} has no reference in {string.Join(", ", referenceFiles)}."
                );
            }

            if (!hypotheses.TryAdd(id, caption))
            {
                throw new TaskGrainException(
                    $"{hypothesisFile}, {place}: image {id} has a caption already; there must be one an image."
                );
            }
        }

        string[] missing = [.. references.Keys.Where(id => !hypotheses.ContainsKey(id))];
        if (missing.Length > 0)
        {
            throw new TaskGrainException(
                $"{hypothesisFile}: no caption for {missing.Length} of {references.Count} images with references, "
                    + $"such as {string.Join(", ", missing.Take(5))}."
            );
        }

        return hypotheses.Count == 0
            ? throw new TaskGrainException($"{hypothesisFile}: there is no caption in it.")
            : new CaptionCorpus(
                [.. hypotheses.Keys],
                [.. hypotheses.Values],
                [.. hypotheses.Keys.Select(id => references[id])]
            );
    }

    private static List<(string Id, string Caption, string Place)> References(string path)
    {
        using JsonDocument document = Parse(path);
        return
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("annotations", out JsonElement annotations)
            && annotations.ValueKind == JsonValueKind.Array
            ? Entries(path, annotations, "annotations")
            : throw new TaskGrainException(
                $"{path}: expected {{\"annotations\":[{{\"image_id\":…,\"caption\":…}}]}}, found "
                    + $"{Describe(document.RootElement)}."
            );
    }

    private static List<(string Id, string Caption, string Place)> Hypotheses(string path)
    {
        using JsonDocument document = Parse(path);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? Entries(path, document.RootElement, "entry")
            : throw new TaskGrainException(
                $"{path}: expected [{{\"image_id\":…,\"caption\":…}}], found {Describe(document.RootElement)}."
            );
    }

    private static List<(string Id, string Caption, string Place)> Entries(string path, JsonElement array, string name)
    {
        var entries = new List<(string, string, string)>();
        foreach (JsonElement entry in array.EnumerateArray())
        {
            string place = $"{name}[{entries.Count}]";
            (string? id, string? caption) = Fields(entry, $"{path}, {place}");
            if (id is null || caption is null)
            {
                string key = id is null ? "image_id (a number or text)" : "caption (text)";
                throw new TaskGrainException($"{path}, {place}: {key} is missing.");
            }

            entries.Add((id, caption, place));
        }

        return entries;
    }

    private static (string? Id, string? Caption) Fields(JsonElement entry, string place)
    {
        try
        {
            string? id = Property(entry, "image_id") switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
            return (
                id,
                Property(entry, "caption") is { ValueKind: JsonValueKind.String } words ? words.GetString() : null
            );
        }
        catch (InvalidOperationException fault)
        {
            // System.Text.Json throws this for text whose bytes are not UTF-8 and for halves of surrogate pairs.
            throw new TaskGrainException($"{place}: the text is not UTF-8; save the file as UTF-8.", fault);
        }
    }

    private static JsonElement? Property(JsonElement entry, string key) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out JsonElement value) ? value : null;

    private static JsonDocument Parse(string path)
    {
        RegularFile.Require(path);
        try
        {
            using Stream stream = TextFile.OpenUtf8(path);
            return JsonDocument.Parse(stream);
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"{path}, line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: not JSON: {fault.Message}",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{path}: the captions cannot be read: {fault.Message}", fault);
        }
    }

    private static string Describe(JsonElement root) =>
        root.ValueKind switch
        {
            JsonValueKind.Object =>
                $"an object with {string.Join(", ", root.EnumerateObject().Select(p => p.Name).Take(5))}",
            JsonValueKind.Array => "a list",
            var kind => kind.ToString(),
        };
}
