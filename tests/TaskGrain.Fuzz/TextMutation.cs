using System.Text;
using System.Text.RegularExpressions;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>
/// Damage to texts that keeps most of their grammar, which random bytes seldom do: words, numbers and marks of JSON or
/// CSV are replaced by others that readers find hard, repeated, moved or dropped; at times plain bytes too.
/// </summary>
internal static partial class TextMutation
{
    private static readonly string[] Hard =
    [
        "",
        "null",
        "true",
        "-1",
        "0",
        "1.5",
        "1e999",
        "2147483647",
        "2147483648",
        "-9223372036854775808",
        "18446744073709551616",
        "NaN",
        "\"\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"\\u001b[2J\"",
        "\"../../x\"",
        "\"..\\\\..\\\\x\"",
        "\"/\"",
        "[]",
        "{}",
        "[null]",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"a\":",
        "]",
        "}",
        ",",
        ":",
        "\"",
        ";",
        "\t",
        "\r\n",
        "// x\n",
        "\uFEFF",
        "\u2028",
    ];

    /// <summary>Damages a text.</summary>
    /// <param name="random">Every choice comes from it.</param>
    /// <param name="sound">UTF-8 text; unchanged.</param>
    /// <returns>The damaged bytes.</returns>
    public static byte[] Of(SeededRandom random, byte[] sound)
    {
        if (random.NextInt(4) == 0)
        {
            return Mutation.Of(random, sound, sound);
        }

        List<string> parts = [.. Parts().Matches(Encoding.UTF8.GetString(sound)).Select(match => match.Value)];
        int places = 1 << random.NextInt(4);
        for (int i = 0; i < places && parts.Count > 1; i++)
        {
            int at = random.NextInt(parts.Count);
            switch (random.NextInt(6))
            {
                case 0 or 1:
                    parts[at] = random.Pick(Hard);
                    break;
                case 2:
                    parts[at] = random.Pick(parts);
                    break;
                case 3:
                    int count = Math.Min(1 + random.NextInt(40), parts.Count - at);
                    parts.InsertRange(at, parts.GetRange(at, count));
                    break;
                case 4:
                    parts.RemoveRange(at, Math.Min(1 + random.NextInt(4), parts.Count - at));
                    break;
                default:
                    parts.Insert(at, new string((char)(' ' + random.NextInt(1000)), 1 << random.NextInt(12)));
                    break;
            }
        }

        string text = string.Concat(parts);
        return random.NextInt(30) == 0 ? [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]
            : random.NextInt(30) == 0 ? [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]
            : Encoding.UTF8.GetBytes(text);
    }

    [GeneratedRegex("""\s+|"(?:\\.|[^"\\])*"|[\w.+-]+|.""", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
