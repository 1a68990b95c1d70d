using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Models.Heads;

/// <summary>A classifier is written as on the command line: <c>"logistic"</c>.</summary>
internal sealed class ClassifierKindJson : JsonConverter<ClassifierKind>
{
    public override ClassifierKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return ClassifierKinds.Parse(
                reader.TokenType == JsonTokenType.String
                    ? reader.GetString()!
                    : throw new JsonException("a classifier is a text such as \"logistic\"")
            );
        }
        catch (TaskGrainException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, ClassifierKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Word());
}
