namespace TaskGrain.Cli;

/// <summary>A table in plain text: the first column to the left, the others to the right.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print(TextWriter writer)
    {
        int[] widths =
        [
            .. headings.Select((_, column) => _rows.Max(row => column < row.Length ? row[column].Length : 0)),
        ];
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select(
                (cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])
            );
            writer.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
