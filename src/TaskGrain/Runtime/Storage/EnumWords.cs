using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// An enum as a word. Written in one way; read in any that this library ever wrote or prints: case and hyphens do not
/// matter. A number is no word.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="policy">How a member's name is written.</param>
internal class EnumWords<T>(JsonNamingPolicy policy) : JsonConverter<T>
    where T : struct, Enum
{
    /// <summary>So that null is refused with the words that would be right.</summary>
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Parse(reader.GetString()!)
            : throw new JsonException($"a word is expected: {Words()}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Word(value));

    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Word(value));

    private static T Value(string name) => Enum.Parse<T>(name);

    private T Parse(string word)
    {
        string plain = word.Replace("-", "", StringComparison.Ordinal);
        string? name = Enum.GetNames<T>().FirstOrDefault(n => n.Equals(plain, StringComparison.OrdinalIgnoreCase));
        return name is null ? throw new JsonException($"'{word}' is not one of {Words()}") : Value(name);
    }

    private string Word(T value) => policy.ConvertName(value.ToString());

    private string Words() => string.Join(", ", Enum.GetNames<T>().Select(policy.ConvertName));
}

/// <summary>An enum whose words people read in reports, as on the command line: <c>missing-media</c>.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class HyphenatedWords<T>() : EnumWords<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
