using System.Text.Json;

namespace TaskGrain.Labels;

/// <summary>One record of a V2 annotation file, its types checked and its meaning not.</summary>
internal sealed record JsonRecord(string Id, string? Label, string? Template, IReadOnlyList<string>? Placeholders)
{
    /// <summary>Reads a record; reports the first value of a wrong type and returns null.</summary>
    public static JsonRecord? Read(JsonElement element, RecordPlace place, DataSetBuilder builder)
    {
        string? id = null;
        try
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new BadValueException(
                    $"an object in braces was expected, not {Describe(element)}.",
                    "Write {\"id\": ..., \"label\": ..., \"template\": ..., \"placeholders\": [...]}."
                );
            }

            id = IdOf(element);
            return new JsonRecord(id, Text(element, "label"), Text(element, "template"), List(element, "placeholders"));
        }
        catch (BadValueException bad)
        {
            builder.Report(DataProblemKind.BadRecord, place, id, bad.Message, bad.Fix);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws this for text whose bytes are not UTF-8.
            builder.Report(
                DataProblemKind.BadRecord,
                place,
                id,
                "the record holds text that is not UTF-8.",
                "Save the file as UTF-8."
            );
        }

        return null;
    }

    private static string IdOf(JsonElement element)
    {
        if (!element.TryGetProperty("id", out JsonElement id))
        {
            throw new BadValueException("the record has no \"id\".", "Give it the video's name without its extension.");
        }

        string text = id.ValueKind switch
        {
            JsonValueKind.String => id.GetString()!.Trim(),
            JsonValueKind.Number => id.GetRawText(), // some copies have bare numbers; what is meant is clear
            _ => throw new BadValueException(
                $"the \"id\" is {Describe(id)}.",
                "Write it as a text, such as \"78687\"."
            ),
        };
        return text.Length > 0
            ? text
            : throw new BadValueException("the \"id\" is empty.", "Give it the video's name without its extension.");
    }

    private static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new BadValueException($"the \"{name}\" is {Describe(value)}.", "Write it as a text in quotes.");
    }

    private static List<string>? List(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new BadValueException(
                $"the \"{name}\" are {Describe(value)}.",
                "Write them as a list of texts, such as [\"a red cup\", \"table\"]."
            );
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            texts.Add(
                item.ValueKind == JsonValueKind.String
                    ? item.GetString()!
                    : throw new BadValueException(
                        $"entry {texts.Count + 1} of the \"{name}\" is {Describe(item)}.",
                        "Write every placeholder as a text in quotes."
                    )
            );
        }

        return texts;
    }

    private static string Describe(JsonElement value)
    {
        const int Shown = 40;
        string raw = value.GetRawText();
        string shown = raw.Length <= Shown ? raw : raw[..Shown] + "...";
        return value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the text {shown}",
            JsonValueKind.Number => $"the number {shown}",
            _ => shown,
        };
    }

    private sealed class BadValueException(string reason, string fix) : Exception(reason)
    {
        public string Fix => fix;
    }
}
