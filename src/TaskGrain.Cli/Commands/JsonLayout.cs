using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaskGrain.Cli.Commands;

/// <summary>How commands print JSON.</summary>
internal static class JsonLayout
{
    /// <summary>Indented, camel case, readable characters unescaped.</summary>
    public static JsonSerializerOptions Indented { get; } =
        new()
        {
            WriteIndented = true,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}
