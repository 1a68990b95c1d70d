using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Models;

/// <summary>An architecture is written as in the paper: <c>"M(256-256)"</c>.</summary>
internal sealed class EncoderArchitectureJson : JsonConverter<EncoderArchitecture>
{
    public override EncoderArchitecture Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
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

    public override void Write(Utf8JsonWriter writer, EncoderArchitecture value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
