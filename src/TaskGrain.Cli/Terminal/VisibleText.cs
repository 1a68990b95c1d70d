using System.Globalization;
using System.Text;

namespace TaskGrain.Cli.Terminal;

/// <summary>
/// Text of others (names of files, classes and clips, messages that hold them) as it may reach a terminal: characters
/// that steer it, such as the escape that begins a colour or a clearing of the screen, are shown and not sent.
/// </summary>
internal static class VisibleText
{
    /// <summary>Text that must stay on one line.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with <c>\n</c>, <c>\t</c>, <c>\x1b</c> and the like for its control characters.</returns>
    public static string Line(string text) => Show(text, keepLines: false);

    /// <summary>Text of several lines.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with line breaks and tabs as they are and other control characters shown.</returns>
    public static string Lines(string text) => Show(text, keepLines: true);

    private static string Show(string text, bool keepLines)
    {
        StringBuilder? shown = null;
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            bool harmless = !Steers(character) || (keepLines && character is '\n' or '\t');
            if (!harmless)
            {
                shown ??= new StringBuilder(text, 0, i, text.Length + 8);
                shown.Append(Escape(character));
            }
            else
            {
                shown?.Append(character);
            }
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>
    /// Control characters, line and paragraph separators, and the marks that turn the direction of text round.
    /// </summary>
    private static bool Steers(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        || char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static string Escape(char character) =>
        character switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            <= '\u00FF' => $"\\x{(int)character:x2}",
            _ => $"\\u{(int)character:x4}",
        };
}
