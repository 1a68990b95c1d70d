using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;

namespace TaskGrain.Training;

/// <summary>The JSON of run configurations, model descriptions and training states: an unknown key is an error.</summary>
internal static class TrainingJson
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
                new ArchitectureJson(),
                new GranularityJson(),
                new JsonStringEnumConverter<Precision>(new LowerCase(), allowIntegerValues: false),
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>A precision is written as on the command line: <c>"bfloat16"</c>.</summary>
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }

    /// <summary>An architecture is written as in the paper: <c>"M(256-256)"</c>.</summary>
    private sealed class ArchitectureJson : JsonConverter<EncoderArchitecture>
    {
        public override EncoderArchitecture Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException("an architecture is a text such as \"M(256-256)\"");
            }

            try
            {
                return EncoderArchitecture.Parse(reader.GetString()!);
            }
            catch (TaskGrainException fault)
            {
                throw new JsonException(fault.Message, fault);
            }
        }

        public override void Write(Utf8JsonWriter writer, EncoderArchitecture value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToString());
    }

    /// <summary>A granularity is written as on the command line: <c>"action-categories"</c>.</summary>
    private sealed class GranularityJson : JsonConverter<Granularity>
    {
        public override Granularity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException("a granularity is a text such as \"action-categories\"");
            }

            try
            {
                return GranularityNames.Parse(reader.GetString()!);
            }
            catch (TaskGrainException fault)
            {
                throw new JsonException(fault.Message, fault);
            }
        }

        public override void Write(Utf8JsonWriter writer, Granularity value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.Name());
    }
}
