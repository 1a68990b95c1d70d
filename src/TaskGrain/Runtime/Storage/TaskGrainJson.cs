using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// The one way this library writes and reads JSON: camel case, comments allowed, an unknown key is an error.
/// </summary>
internal static class TaskGrainJson
{
    /// <summary>One line, for metadata.</summary>
    public static JsonSerializerOptions Strict { get; } = Make(indented: false);

    /// <summary>Indented, for files that people read.</summary>
    public static JsonSerializerOptions Readable { get; } = Make(indented: true);

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            WriteIndented = indented,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

            // A loss of an epoch that was not measured is NaN.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters =
            {
                new JsonStringEnumConverter<Precision>(new LowerCase(), allowIntegerValues: false),
                new NamedEnums(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Every enum is written by its name; one that brings a converter of its own is left to that.</summary>
    private sealed class NamedEnums : JsonConverterFactory
    {
        private readonly JsonStringEnumConverter _names = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

        public override bool CanConvert(Type typeToConvert) =>
            _names.CanConvert(typeToConvert)
            && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            _names.CreateConverter(typeToConvert, options);
    }

    /// <summary>A precision is written as on the command line: <c>"bfloat16"</c>.</summary>
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
