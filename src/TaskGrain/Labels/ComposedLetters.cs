using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TaskGrain.Labels;

/// <summary>
/// Joins letters and the marks that follow them, as Unicode's form C does: macOS writes names taken apart. By hand,
/// because <see cref="string.Normalize()"/> needs ICU, which the program does without (a fresh server has none).
/// </summary>
internal static class ComposedLetters
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailBefore = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Lazy<FrozenDictionary<(char Letter, char Mark), char>> Pairs = new(() =>
        BuiltInTaxonomies
            .Lines("compositions.txt")
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' ').Select(Code).ToArray())
            .ToFrozenDictionary(codes => (codes[0], codes[1]), codes => codes[2])
    );

    /// <summary>The text with every letter and its marks joined that can be.</summary>
    public static string Join(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF'))
        {
            return text; // no mark and no Hangul: the usual case
        }

        var joined = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (joined.Length > 0 && Joined(joined[^1], c) is { } both)
            {
                joined[^1] = both;
            }
            else
            {
                joined.Append(c);
            }
        }

        return joined.ToString();
    }

    private static char? Joined(char letter, char mark)
    {
        if (letter is >= (char)LeadFirst and < (char)(LeadFirst + Leads) && mark - VowelFirst is >= 0 and < Vowels)
        {
            return (char)(HangulFirst + ((((letter - LeadFirst) * Vowels) + (mark - VowelFirst)) * Tails));
        }

        if (
            letter is >= (char)HangulFirst and <= (char)HangulLast
            && (letter - HangulFirst) % Tails == 0
            && mark - TailBefore is > 0 and < Tails
        )
        {
            return (char)(letter + (mark - TailBefore));
        }

        return Pairs.Value.TryGetValue((letter, mark), out char both) ? both : null;
    }

    private static char Code(string hex) =>
        (char)int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
