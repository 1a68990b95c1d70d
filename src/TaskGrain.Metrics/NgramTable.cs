namespace TaskGrain.Metrics;

/// <summary>How often each n-gram occurs in a text, by order, sorted by the n-gram's number.</summary>
internal sealed record NgramCounts((int Gram, int Count)[][] ByOrder, int Bigrams);

/// <summary>Numbers the n-grams of a corpus and counts in how many documents each occurs.</summary>
internal sealed class NgramTable
{
    /// <summary>The longest n-gram counted.</summary>
    public const int Orders = 4;

    private readonly WordTable _words = new();
    private readonly Dictionary<(int Front, int Last), int> _numbers = [];
    private readonly List<int> _documents = [];
    private readonly List<int> _text = [];
    private readonly HashSet<int> _seen = [];
    private double[]? _logFrequency;

    /// <summary>Counts the n-grams of a caption.</summary>
    public NgramCounts Count(string caption)
    {
        _text.Clear();
        int length = _words.Tokenize(caption, _text);
        int[] grams = new int[length];
        grams.AsSpan().Fill(-1);
        var byOrder = new (int, int)[Orders][];
        for (int order = 1; order <= Orders; order++)
        {
            int count = Math.Max(0, length - order + 1);
            for (int i = 0; i < count; i++)
            {
                grams[i] = NumberOf(grams[i], _text[i + order - 1]);
            }

            byOrder[order - 1] = Tally(grams.AsSpan(0, count));
        }

        return new NgramCounts(byOrder, Math.Max(0, length - 1));
    }

    /// <summary>Counts one document: the references of one caption.</summary>
    public void AddDocument(NgramCounts[] references)
    {
        _seen.Clear();
        foreach ((int gram, int _) in references.SelectMany(r => r.ByOrder).SelectMany(counts => counts))
        {
            if (_seen.Add(gram))
            {
                _documents[gram]++;
            }
        }
    }

    /// <summary>Logarithm of the number of documents with an n-gram; 0 for one that no reference has.</summary>
    public double LogFrequency(int gram)
    {
        _logFrequency ??= [.. _documents.Select(n => Math.Log(Math.Max(1, n)))];
        return gram < _logFrequency.Length ? _logFrequency[gram] : 0;
    }

    private int NumberOf(int front, int last)
    {
        if (!_numbers.TryGetValue((front, last), out int number))
        {
            number = _numbers.Count;
            _numbers.Add((front, last), number);
            _documents.Add(0);
        }

        return number;
    }

    private static (int Gram, int Count)[] Tally(ReadOnlySpan<int> grams)
    {
        int[] sorted = grams.ToArray();
        Array.Sort(sorted);
        var counts = new List<(int Gram, int Count)>(sorted.Length);
        foreach (int gram in sorted)
        {
            if (counts.Count > 0 && counts[^1].Gram == gram)
            {
                counts[^1] = (gram, counts[^1].Count + 1);
            }
            else
            {
                counts.Add((gram, 1));
            }
        }

        return [.. counts];
    }
}
