using System.Text;

namespace TaskGrain.Evaluation;

/// <summary>Fields of a comma-separated file (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>A text as a field: quoted where it holds a comma, a quote or a line break.</summary>
    /// <param name="text">The text; null for an empty field.</param>
    public static string Field(string? text) =>
        text is null || text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text ?? ""
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Reads a whole file: records with their fields, a quoted field with its line breaks.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>The records; an empty line is none.</returns>
    /// <exception cref="FormatException">A quoted field does not end.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text)
    {
        var records = new List<IReadOnlyList<string>>();
        var record = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || c is not (',' or '\r' or '\n'))
            {
                field.Append(c);
            }
            else if (c == ',')
            {
                record.Add(field.ToString());
                field.Clear();
            }
            else if (c == '\n')
            {
                End();
            }
        }

        if (quoted)
        {
            throw new FormatException("a quoted field does not end");
        }

        End();
        return records;

        void End()
        {
            if (record.Count > 0 || field.Length > 0)
            {
                record.Add(field.ToString());
                field.Clear();
                records.Add(record);
                record = [];
            }
        }
    }
}
