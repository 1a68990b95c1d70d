using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Labels;

/// <summary>A granularity is written as on the command line: <c>"action-categories"</c>.</summary>
internal sealed class GranularityJson : JsonConverter<Granularity>
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

    public override void Write(Utf8JsonWriter writer, Granularity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name());
}
