using System.Text.RegularExpressions;

namespace TaskGrain.Metrics;

/// <summary>
/// METEOR's <c>-norm</c>: splits punctuation off words and lowers case, rule after rule. A rule is one pass from left
/// to right that uses up the neighbours it looks at, which is what replacing by a regular expression does.
/// </summary>
internal static partial class MeteorNormalizer
{
    /// <summary>The characters between tokens.</summary>
    public const string AsciiWhiteSpace = " \t\n\v\f\r";

    // Inside brackets: the letters and the digits of the rules.
    private const string Letter =
        @"a-zA-Z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u017E\u0400-\u0527\uA640-\uA66E\uA67E-\uA697\u1D00-\u1D7F";

    private const string Digit = "0-9";

    /// <summary>Appends the normalised text; its tokens are what lies between <see cref="AsciiWhiteSpace"/>.</summary>
    public static void Append(string text, CharBuffer result)
    {
        if (AppendPlain(text, result))
        {
            return;
        }

        string line = $" {text} ";
        line = Mark().Replace(line, " $0 ");
        line = Dots().Replace(line, " $0 ");
        line = CommaBetweenOthers().Replace(line, "$1 , $2");
        line = CommaAfterDigit().Replace(line, "$1 , $2");
        line = CommaBeforeDigit().Replace(line, "$1 , $2");
        line = line.Replace('`', '\'').Replace('\u2018', '\'').Replace('\u2019', '\'');
        line = line.Replace("\u201C", " \" ", StringComparison.Ordinal)
            .Replace("\u201D", " \" ", StringComparison.Ordinal)
            .Replace("''", " \" ", StringComparison.Ordinal);
        line = line.Replace('\u2013', '-').Replace("--", "-", StringComparison.Ordinal);
        line = Hyphen().Replace(line, "$1 $2");
        line = QuoteBetweenOthers().Replace(line, "$1 ' $2");
        line = QuoteBeforeLetter().Replace(line, "$1 ' $2");
        line = QuoteAfterLetter().Replace(line, "$1 ' $2");
        line = QuoteInWord().Replace(line, "$1 '$2");
        line = QuoteInDecade().Replace(line, "$1 '$2");
        AppendLowered(SplitFinalDots(line), result);
    }

    /// <summary>The common case: letters, digits and blanks only, where no rule applies but lower case.</summary>
    private static bool AppendPlain(string text, CharBuffer result)
    {
        Span<char> free = result.Reserve(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!char.IsAsciiLetterOrDigit(c) && c != ' ')
            {
                return false;
            }

            free[i] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        result.Advance(text.Length);
        return true;
    }

    private static string SplitFinalDots(string line)
    {
        string[] tokens = line.Split(AsciiWhiteSpace.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = SplitFinalDot(tokens[i], i + 1 < tokens.Length ? tokens[i + 1] : "");
        }

        return string.Join(' ', tokens);
    }

    private static string SplitFinalDot(string token, string next)
    {
        // A run of dots is one token (second rule) and stays one.
        if (token.Length < 2 || token[^1] != '.' || token[^2] == '.')
        {
            return token;
        }

        string rest = token[..^1];
        if (rest.Contains('.', StringComparison.Ordinal) && AnyLetter().IsMatch(rest))
        {
            return rest.Replace(".", "", StringComparison.Ordinal);
        }

        bool numberFollows = next.Length > 0 && char.IsAsciiDigit(next[0]);
        bool wordFollows = next.Length > 0 && char.IsAsciiLetterLower(next[0]);
        bool keep =
            wordFollows
            || NonbreakingPrefixes.Contains(rest)
            || (numberFollows && NonbreakingPrefixes.ContainsBeforeNumber(rest));
        return keep ? token : $"{rest} .";
    }

    private static void AppendLowered(string line, CharBuffer result)
    {
        // U+0130 is the one character whose lower case is two.
        string spaced = OtherBlanks().Replace(line, " ").Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        ReadOnlySpan<char> trimmed = TrimControls(spaced);
        result.Advance(trimmed.ToLowerInvariant(result.Reserve(trimmed.Length)));
    }

    /// <summary>Java's trim takes control characters for blanks, so one at the end of a line is no token.</summary>
    private static ReadOnlySpan<char> TrimControls(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && text[0] <= ' ')
        {
            text = text[1..];
        }

        while (text.Length > 0 && text[^1] <= ' ')
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>Rule 1. A character outside the basic plane is two code units and stays in one piece.</summary>
    [GeneratedRegex(
        $@"[\uD800-\uDBFF][\uDC00-\uDFFF]|[^{Letter}{Digit} \t\n\v\f\r.,\-'`\u2018\u2019]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Mark();

    [GeneratedRegex(@"\.{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Dots();

    [GeneratedRegex($"([^{Digit}]),([^{Digit}])", RegexOptions.CultureInvariant)]
    private static partial Regex CommaBetweenOthers();

    [GeneratedRegex($"([{Digit}]),([^{Digit}])", RegexOptions.CultureInvariant)]
    private static partial Regex CommaAfterDigit();

    [GeneratedRegex($"([^{Digit}]),([{Digit}])", RegexOptions.CultureInvariant)]
    private static partial Regex CommaBeforeDigit();

    [GeneratedRegex($"([{Letter}{Digit}.])-([{Letter}{Digit}])", RegexOptions.CultureInvariant)]
    private static partial Regex Hyphen();

    [GeneratedRegex($"([^{Letter}])'([^{Letter}])", RegexOptions.CultureInvariant)]
    private static partial Regex QuoteBetweenOthers();

    [GeneratedRegex($"([^{Letter}{Digit}])'([{Letter}])", RegexOptions.CultureInvariant)]
    private static partial Regex QuoteBeforeLetter();

    [GeneratedRegex($"([{Letter}])'([^{Letter}])", RegexOptions.CultureInvariant)]
    private static partial Regex QuoteAfterLetter();

    [GeneratedRegex($"([{Letter}])'([{Letter}])", RegexOptions.CultureInvariant)]
    private static partial Regex QuoteInWord();

    [GeneratedRegex($"([{Digit}])'(s)", RegexOptions.CultureInvariant)]
    private static partial Regex QuoteInDecade();

    [GeneratedRegex($"[{Letter}]", RegexOptions.CultureInvariant)]
    private static partial Regex AnyLetter();

    [GeneratedRegex(@"[\u00A0\u2000-\u200A\u202F\u205F\u3000]", RegexOptions.CultureInvariant)]
    private static partial Regex OtherBlanks();
}
