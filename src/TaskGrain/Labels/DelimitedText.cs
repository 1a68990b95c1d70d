namespace TaskGrain.Labels;

/// <summary>One line of comma- or semicolon-separated values.</summary>
internal static class DelimitedText
{
    /// <summary>
    /// Splits a line; a value in double quotes may hold the separator, and a doubled quote stands for one.
    /// </summary>
    public static List<string> Split(string line, char separator)
    {
        var values = new List<string>();
        var value = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                value.Append('"');
                i++;
            }
            else if (c == '"' && (quoted || value.Length == 0))
            {
                quoted = !quoted;
            }
            else if (c == separator && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(c);
            }
        }

        values.Add(value.ToString());
        return values;
    }
}
