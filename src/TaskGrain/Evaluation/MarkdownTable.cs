using System.Text;

namespace TaskGrain.Evaluation;

/// <summary>A table that is aligned as plain text and is Markdown at the same time.</summary>
internal sealed class MarkdownTable
{
    private readonly string[] _header;
    private readonly bool[] _rightAligned;
    private readonly List<string[]> _rows = [];

    /// <param name="columns">
    /// Headings; one that ends in <c>&gt;</c> aligns its column to the right, for numbers.
    /// </param>
    public MarkdownTable(params string[] columns)
    {
        _rightAligned = [.. columns.Select(c => c.EndsWith('>'))];
        _header = [.. columns.Select(c => c.TrimEnd('>'))];
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text a column.</param>
    public void Add(params string[] cells)
    {
        if (cells.Length != _header.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {_header.Length} columns.", nameof(cells));
        }

        // A bar would begin a new cell.
        _rows.Add([.. cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))]);
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
