using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// The one way this project writes and reads JSON: camel case, enums by name, letters of every language as they are;
/// comments and trailing commas allowed, an unknown or repeated key is an error.
/// </summary>
internal static class TaskGrainJson
{
    /// <summary>One line, for metadata and logs.</summary>
    public static JsonSerializerOptions Strict { get; } = Make(indented: false);

    /// <summary>Indented, for files and output that people read.</summary>
    public static JsonSerializerOptions Readable { get; } = Make(indented: true);

    /// <summary>The same for JSON that is written piece by piece.</summary>
    public static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            WriteIndented = indented,

            // Nothing here ends up in HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

            // A loss of an epoch that was not measured is NaN.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new EnumWords<Precision>(new LowerCase()), new NamedEnums() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Every enum is written by its name; one that brings a converter of its own is left to that.</summary>
    private sealed class NamedEnums : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)
                Activator.CreateInstance(
                    typeof(EnumWords<>).MakeGenericType(typeToConvert),
                    JsonNamingPolicy.CamelCase
                )!;
    }

    /// <summary>A precision is written as on the command line: <c>"bfloat16"</c>.</summary>
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
