using System.Globalization;
using System.Text;

namespace TaskGrain.Metrics;

/// <summary>
/// The form in which BLEU, ROUGE-L and CIDEr read a caption: lower case, every ASCII punctuation or symbol character
/// and every Unicode punctuation character deleted (not replaced by a blank), white space collapsed, trimmed.
/// </summary>
internal static class CaptionText
{
    /// <summary>The mark a decoder puts where a word was too rare for its vocabulary.</summary>
    public const string RareWord = "[Something]";

    private const string AsciiSymbols = "$+<=>^`|~";

    /// <summary>Cleans one caption.</summary>
    /// <param name="caption">Any text.</param>
    /// <returns>Words separated by single blanks; empty when nothing is left.</returns>
    public static string Clean(string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        var buffer = new CharBuffer();
        AppendClean(caption, buffer);
        return buffer.Written.ToString();
    }

    /// <summary>Appends the cleaned caption to a buffer that the caller reuses.</summary>
    internal static void AppendClean(ReadOnlySpan<char> caption, CharBuffer buffer)
    {
        // At most one character comes out for each that goes in, but for U+0130, which becomes two.
        Span<char> free = buffer.Reserve(caption.Length * 2);
        int length = 0;
        bool blankDue = false;
        for (int i = 0; i < caption.Length; i++)
        {
            char c = caption[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (blankDue)
                {
                    free[length++] = ' ';
                    blankDue = false;
                }

                free[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                blankDue = length > 0;
                continue;
            }

            if (IsDeleted(caption, i, out int width))
            {
                i += width - 1;
                continue;
            }

            if (blankDue)
            {
                free[length++] = ' ';
                blankDue = false;
            }

            length += Lower(caption.Slice(i, width), free[length..]);
            i += width - 1;
        }

        buffer.Advance(length);
    }

    private static bool IsDeleted(ReadOnlySpan<char> text, int at, out int width)
    {
        char c = text[at];
        width = 1;
        if (char.IsAscii(c))
        {
            return char.IsPunctuation(c) || AsciiSymbols.Contains(c, StringComparison.Ordinal);
        }

        if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out width) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        return Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.ConnectorPunctuation
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OtherPunctuation;
    }

    private static int Lower(ReadOnlySpan<char> character, Span<char> free)
    {
        if (character[0] == '\u0130')
        {
            // The one character whose lower case is two, everywhere but in Turkish.
            "i\u0307".CopyTo(free);
            return 2;
        }

        return character.ToLowerInvariant(free);
    }
}
