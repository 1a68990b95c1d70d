using System.Text;

namespace TaskGrain.Labels;

/// <summary>
/// Cuts text into the words of captions. Lower case; a word is a run of letters and digits. As in the paper's
/// Table 5 a possessive loses its s, also where it was typed with a comma (<c>men,s</c> and <c>men's</c> give
/// <c>men</c>); any other apostrophe vanishes (<c>doesn't</c> gives <c>doesnt</c>), and so does a hyphen within a
/// word (<c>t-shirt</c> gives <c>tshirt</c>), as in the authors' code. Digits stay (<c>4 coins</c>). <c>&amp;</c> is
/// <c>and</c>; everything else separates words.
/// </summary>
internal static class CaptionWords
{
    /// <summary>Cuts a text into words.</summary>
    /// <param name="text">A placeholder, a template's text or a whole caption.</param>
    /// <returns>The words, in order; none when the text holds no letter and no digit.</returns>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsLetterOrDigit(c) || IsMark(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            Joint joint = Between(text, i, out int length);
            if (joint == Joint.Kept)
            {
                word.Append(c);
            }
            else if (joint == Joint.Dropped)
            {
                i += length - 1;
            }
            else
            {
                End(word, words);
                if (c == '&')
                {
                    words.Add("and");
                }
            }
        }

        End(word, words);
        return words;
    }

    /// <summary>A caption for people: single spaces, the first letter a capital.</summary>
    /// <param name="words">The caption's words.</param>
    /// <returns>The caption, such as <c>Holding cap in front of shirt</c>.</returns>
    public static string Sentence(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        string text = string.Join(' ', words);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private enum Joint
    {
        Separates,
        Dropped,
        Kept,
    }

    /// <summary>
    /// What a character that is no letter does between its neighbours, and how many characters it takes with it.
    /// </summary>
    private static Joint Between(string text, int at, out int length)
    {
        length = 1;
        char before = at > 0 ? text[at - 1] : ' ';
        char after = at + 1 < text.Length ? text[at + 1] : ' ';
        if (!char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(after))
        {
            return Joint.Separates;
        }

        bool digits = char.IsAsciiDigit(before) && char.IsAsciiDigit(after);
        switch (text[at])
        {
            case '\'' or '\u2018' or '\u2019' or '\u02BC' or '\u00B4' or '`':
                length = EndsAfter(text, at + 1, 's') ? 2 : 1;
                return Joint.Dropped;
            case ',' when digits:
                return Joint.Dropped; // 1,000
            case ',' when EndsAfter(text, at + 1, 's'):
                length = 2;
                return Joint.Dropped;
            case ',' when EndsAfter(text, at + 1, 't') && before is 'n' or 'N':
                return Joint.Dropped;
            case '-' or '\u2010' or '\u2011' when !digits:
                return Joint.Dropped;
            case '.' when digits:
                return Joint.Kept; // 1.5
            case '.' when EndsAfter(text, at + 1, after) && char.IsLetter(after) && IsSingle(text, at - 1):
                return Joint.Dropped; // t.v.
            default:
                return Joint.Separates;
        }
    }

    private static bool EndsAfter(string text, int at, char letter) =>
        char.ToLowerInvariant(text[at]) == char.ToLowerInvariant(letter)
        && (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]));

    private static bool IsSingle(string text, int at) =>
        char.IsLetter(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
