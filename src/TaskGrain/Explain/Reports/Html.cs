using System.Globalization;
using System.Net;
using System.Text;

namespace TaskGrain.Explain.Reports;

/// <summary>A page's text as it grows. Values are escaped; only literals of the program are not.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>A text made safe, as content or in an attribute's quotes; control characters are replaced.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(
            text.AsSpan().ContainsAnyInRange('\0', '\u001f')
                ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c))
                : text
        );

    /// <summary>Adds markup whose holes are escaped; numbers are written for machines.</summary>
    /// <param name="markup">The markup.</param>
    /// <returns>This.</returns>
    public Html Add(FormattableString markup)
    {
        object?[] safe =
        [
            .. markup
                .GetArguments()
                .Select(value => Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")),
        ];
        _text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, safe);
        return this;
    }

    /// <summary>Adds markup that is known to be safe.</summary>
    /// <param name="markup">A literal, base64 or what the JSON encoder of this page made.</param>
    /// <returns>This.</returns>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
