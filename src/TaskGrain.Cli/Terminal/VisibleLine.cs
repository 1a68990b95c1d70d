using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TaskGrain.Cli.Terminal;

/// <summary>
/// What an interpolated string becomes on its way to a terminal: the program's own words as they are, everything in
/// braces made visible (<see cref="VisibleText.Line"/>), numbers in the invariant culture.
/// </summary>
/// <param name="literalLength">Characters outside the braces.</param>
/// <param name="formattedCount">Number of braces.</param>
[InterpolatedStringHandler]
internal readonly struct VisibleLine(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

    /// <summary>A text that is all foreign.</summary>
    public static implicit operator VisibleLine(string text)
    {
        var line = new VisibleLine(text.Length, 0);
        line.AppendFormatted(text);
        return line;
    }

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted<T>(T value) => _text.Append(Visible(value, null));

    public void AppendFormatted<T>(T value, string? format) => _text.Append(Visible(value, format));

    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, null);

    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        string text = Visible(value, format);
        _text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Visible<T>(T value, string? format) =>
        VisibleText.Line(
            value is IFormattable number
                ? number.ToString(format, CultureInfo.InvariantCulture)
                : value?.ToString() ?? ""
        );
}
