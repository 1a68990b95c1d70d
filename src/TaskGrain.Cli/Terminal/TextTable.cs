using System.Text;

namespace TaskGrain.Cli.Terminal;

/// <summary>A table in plain text: the first column to the left, the others to the right.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <param name="headings">The first row.</param>
    public TextTable(params string[] headings) => Add(headings);

    /// <summary>Adds a row; its cells may hold names of others.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(VisibleText.Line)]);

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths =
        [
            .. _rows[0].Select((_, column) => _rows.Max(row => column < row.Length ? row[column].Length : 0)),
        ];
        var text = new StringBuilder();
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select(
                (cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])
            );
            text.AppendLine(string.Join(Gap, cells).TrimEnd());
        }

        return text.ToString();
    }
}
