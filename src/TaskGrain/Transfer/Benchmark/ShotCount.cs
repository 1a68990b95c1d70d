using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>Training clips a class: a number, or all there are.</summary>
/// <param name="Clips">At least 1; null for all.</param>
[JsonConverter(typeof(ShotCountJson))]
internal readonly record struct ShotCount(int? Clips)
{
    /// <summary>All training clips.</summary>
    public static ShotCount Full => new(null);

    /// <summary>Reads a word.</summary>
    /// <param name="word">A number from 1, or <c>full</c>.</param>
    /// <returns>The count.</returns>
    /// <exception cref="TaskGrainException">It is neither.</exception>
    public static ShotCount Parse(string word)
    {
        if (word == "full")
        {
            return Full;
        }

        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int clips) && clips >= 1
            ? new ShotCount(clips)
            : throw new TaskGrainException($"'{word}' is not a number of shots; use 1 or more, or full.");
    }

    /// <summary>The word that <see cref="Parse"/> reads.</summary>
    /// <returns>Such as <c>5</c> or <c>full</c>.</returns>
    public override string ToString() => Clips?.ToString(CultureInfo.InvariantCulture) ?? "full";

    private sealed class ShotCountJson : JsonConverter<ShotCount>
    {
        public override ShotCount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(
                reader.TokenType == JsonTokenType.String
                    ? reader.GetString()!
                    : throw new JsonException("shots are a text such as \"5\" or \"full\"")
            );

        public override void Write(Utf8JsonWriter writer, ShotCount value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
