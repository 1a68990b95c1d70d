using System.Numerics;
using System.Runtime.InteropServices;

namespace TaskGrain.Metrics;

/// <summary>
/// ROUGE-L (Lin 2004) as the COCO caption tools compute it: from the longest common subsequence with each reference
/// the largest precision and the largest recall, taken separately, joined to F with beta 1.2. The corpus's value is
/// the mean. Texts are cleaned by <see cref="CaptionText"/>. One instance serves one thread.
/// </summary>
internal sealed class RougeL
{
    private const double Beta = 1.2;

    private readonly WordTable _table = new();
    private readonly List<int> _hypothesis = [];
    private readonly List<int> _reference = [];
    private readonly int _emptyWord;
    private ulong[] _positions = [];
    private int[] _row = [];

    /// <summary>Makes a scorer.</summary>
    public RougeL() => _emptyWord = _table.NumberOf("");

    /// <summary>Scores one caption.</summary>
    /// <param name="hypothesis">The caption to judge, raw or clean.</param>
    /// <param name="references">At least one true caption, raw or clean.</param>
    /// <returns>0 to 1.</returns>
    public double Score(string hypothesis, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(references);
        CaptionGuard.AtLeastOneReference(references.Count);
        Tokenize(hypothesis, _hypothesis);
        double precision = 0;
        double recall = 0;
        for (int i = 0; i < references.Count; i++)
        {
            Tokenize(references[i], _reference);
            double common = CommonSubsequence(
                CollectionsMarshal.AsSpan(_hypothesis),
                CollectionsMarshal.AsSpan(_reference)
            );
            precision = Math.Max(precision, common / _hypothesis.Count);
            recall = Math.Max(recall, common / _reference.Count);
        }

        if (precision == 0 || recall == 0)
        {
            return 0;
        }

        return (1 + (Beta * Beta)) * precision * recall / (recall + (Beta * Beta * precision));
    }

    private void Tokenize(string text, List<int> words)
    {
        words.Clear();
        if (_table.Tokenize(text, words) == 0)
        {
            // The reference program splits at single blanks, so an empty text is one empty word; two of them agree.
            words.Add(_emptyWord);
        }
    }

    private int CommonSubsequence(ReadOnlySpan<int> a, ReadOnlySpan<int> b) =>
        a.Length <= 64 ? BitParallel(a, b) : Rows(a, b);

    /// <summary>
    /// Length of the longest common subsequence with a row of the table as the bits of one word (Hyyrö 2004):
    /// a zero bit says that the length grows at that position of <paramref name="a"/>.
    /// </summary>
    private int BitParallel(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int largest = 0;
        foreach (int word in a)
        {
            largest = Math.Max(largest, word);
        }

        if (_positions.Length <= largest)
        {
            _positions = new ulong[Math.Max(256, (largest + 1) * 2)];
        }

        for (int i = 0; i < a.Length; i++)
        {
            _positions[a[i]] |= 1UL << i;
        }

        ulong row = ulong.MaxValue;
        foreach (int word in b)
        {
            ulong where = word <= largest ? _positions[word] : 0;
            ulong hit = row & where;
            row = (row + hit) | (row - hit);
        }

        foreach (int word in a)
        {
            _positions[word] = 0;
        }

        ulong used = a.Length == 64 ? ulong.MaxValue : (1UL << a.Length) - 1;
        return BitOperations.PopCount(~row & used);
    }

    private int Rows(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (_row.Length <= a.Length)
        {
            _row = new int[a.Length * 2];
        }

        Array.Clear(_row, 0, a.Length + 1);
        foreach (int word in b)
        {
            int diagonal = 0;
            for (int i = 1; i <= a.Length; i++)
            {
                int above = _row[i];
                _row[i] = a[i - 1] == word ? diagonal + 1 : Math.Max(above, _row[i - 1]);
                diagonal = above;
            }
        }

        return _row[a.Length];
    }
}
