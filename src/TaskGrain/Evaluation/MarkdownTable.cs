using System.Text;

namespace TaskGrain.Evaluation;

/// <summary>A table that is aligned as plain text and is Markdown at the same time.</summary>
internal sealed class MarkdownTable
{
    private readonly string[] _header;
    private readonly bool[] _rightAligned;
    private readonly List<string[]> _rows = [];

    /// <param name="columns">The columns, at least one; a text is the heading of a column of words.</param>
    public MarkdownTable(params IReadOnlyList<TableColumn> columns)
    {
        _rightAligned = [.. columns.Select(column => column.RightAligned)];
        _header = [.. columns.Select(column => Escaped(column.Heading))];
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text a column.</param>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != _header.Length)
        {
            throw new ArgumentException($"{cells.Count} cells for {_header.Length} columns.", nameof(cells));
        }

        _rows.Add([.. cells.Select(Escaped)]);
    }

    /// <summary>The table, every line ended.</summary>
    public override string ToString()
    {
        int[] widths =
        [
            .. _header.Select((h, i) => Math.Max(3, _rows.Select(r => r[i].Length).Append(h.Length).Max())),
        ];
        var text = new StringBuilder();
        Append(text, _header, widths);
        text.Append('|');
        for (int i = 0; i < widths.Length; i++)
        {
            text.Append(' ')
                .Append('-', widths[i] - (_rightAligned[i] ? 1 : 0))
                .Append(_rightAligned[i] ? ": |" : " |");
        }

        text.Append('\n');
        foreach (string[] row in _rows)
        {
            Append(text, row, widths);
        }

        return text.ToString();
    }

    /// <summary>A bar would begin a new cell.</summary>
    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);

    private void Append(StringBuilder text, string[] cells, int[] widths)
    {
        text.Append('|');
        for (int i = 0; i < cells.Length; i++)
        {
            text.Append(' ')
                .Append(_rightAligned[i] ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i]))
                .Append(" |");
        }

        text.Append('\n');
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its name.</param>
/// <param name="RightAligned">Whether its cells are set to the right, as numbers are.</param>
internal readonly record struct TableColumn(string Heading, bool RightAligned)
{
    /// <summary>A column of words.</summary>
    public static implicit operator TableColumn(string heading) => new(heading, RightAligned: false);

    /// <summary>A column of numbers.</summary>
    public static TableColumn Number(string heading) => new(heading, RightAligned: true);
}
