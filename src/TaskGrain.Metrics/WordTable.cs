namespace TaskGrain.Metrics;

/// <summary>
/// Numbers words in the order of their first appearance, so that comparing words is comparing integers.
/// </summary>
internal sealed class WordTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly CharBuffer _clean = new();

    public WordTable() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of a word; a new word gets the next one.</summary>
    public int NumberOf(ReadOnlySpan<char> word)
    {
        if (!_bySpan.TryGetValue(word, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(word.ToString(), number);
        }

        return number;
    }

    /// <summary>Cleans a caption (see <see cref="CaptionText"/>) and appends its words' numbers.</summary>
    /// <param name="caption">Raw text.</param>
    /// <param name="words">Receives one number a word.</param>
    /// <returns>How many words the caption has.</returns>
    public int Tokenize(ReadOnlySpan<char> caption, List<int> words)
    {
        _clean.Clear();
        CaptionText.AppendClean(caption, _clean);
        ReadOnlySpan<char> rest = _clean.Written;
        int count = 0;
        while (!rest.IsEmpty)
        {
            int blank = rest.IndexOf(' ');
            words.Add(NumberOf(blank < 0 ? rest : rest[..blank]));
            rest = blank < 0 ? [] : rest[(blank + 1)..];
            count++;
        }

        return count;
    }
}
