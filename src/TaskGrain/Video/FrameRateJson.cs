using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Video;

/// <summary>
/// A rate in JSON: a number where a short one is exact (<c>12</c>, <c>29.97</c>), else the fraction as text
/// (<c>"1/3"</c>). Reads both, and the long numbers that were once written for fractions.
/// </summary>
internal sealed class FrameRateJson : JsonConverter<FrameRate>
{
    public override FrameRate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.TokenType switch
        {
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String => reader.GetString()!,
            _ => "",
        };
        return FrameRate.TryParse(text, out FrameRate rate)
            ? rate
            : throw new JsonException("a rate of frames a second is a number such as 12, or a text such as \"1/3\"");
    }

    public override void Write(Utf8JsonWriter writer, FrameRate value, JsonSerializerOptions options)
    {
        string text = value.ToString();
        if (text.Contains('/', StringComparison.Ordinal))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteRawValue(text);
        }
    }
}
