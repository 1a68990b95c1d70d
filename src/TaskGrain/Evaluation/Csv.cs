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
}
