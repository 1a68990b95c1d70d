namespace TaskGrain.Metrics;

/// <summary>
/// BLEU-1 to BLEU-4 (Papineni et al. 2002) as the COCO caption tools compute it: clipped n-gram matches against all
/// references, brevity against the reference closest in length, tiny constants instead of smoothing.
/// Texts are cleaned by <see cref="CaptionText"/>. One instance serves one thread.
/// </summary>
internal sealed class Bleu
{
    /// <summary>The longest n-gram counted.</summary>
    public const int MaxOrder = 4;

    private readonly WordTable _table = new();
    private readonly NgramClasses _ngrams = new();
    private readonly List<int> _words = [];
    private readonly List<int> _ends = [];
    private int[] _inHypothesis = [];
    private int[] _inReference = [];
    private int[] _mostInReferences = [];

    /// <summary>Counts one caption against its references.</summary>
    /// <param name="hypothesis">The caption to judge, raw or clean.</param>
    /// <param name="references">At least one true caption, raw or clean.</param>
    /// <returns>Counts that give this caption's score, or, summed, the corpus's.</returns>
    public BleuCounts Count(string hypothesis, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(references);
        CaptionGuard.AtLeastOneReference(references.Count);
        _words.Clear();
        _ends.Clear();
        int length = _table.Tokenize(hypothesis, _words);
        _ends.Add(length);
        int closest = -1;
        for (int i = 0; i < references.Count; i++)
        {
            int words = _table.Tokenize(references[i], _words);
            _ends.Add(_words.Count);
            closest = closest < 0 || IsCloser(words, closest, length) ? words : closest;
        }

        if (_inHypothesis.Length < _words.Count)
        {
            int capacity = _words.Count * 2;
            _inHypothesis = new int[capacity];
            _inReference = new int[capacity];
            _mostInReferences = new int[capacity];
        }

        var counts = new BleuCounts { HypothesisLength = length, ReferenceLength = closest };
        for (int order = 1; order <= MaxOrder; order++)
        {
            counts = counts.With(order, Math.Max(0, length - order + 1), Clipped(order));
        }

        return counts;
    }

    /// <summary>
    /// Matches of one order: each n-gram counts at most as often as in the reference that has most of it.
    /// </summary>
    private int Clipped(int order)
    {
        ReadOnlySpan<int> names = _ngrams.Name(_words, _ends, order);
        Array.Clear(_inHypothesis, 0, _words.Count);
        Array.Clear(_mostInReferences, 0, _words.Count);
        for (int i = 0; i + order <= _ends[0]; i++)
        {
            _inHypothesis[names[i]]++;
        }

        for (int text = 1; text < _ends.Count; text++)
        {
            for (int i = _ends[text - 1]; i + order <= _ends[text]; i++)
            {
                _inReference[names[i]] = 0;
            }

            for (int i = _ends[text - 1]; i + order <= _ends[text]; i++)
            {
                int name = names[i];
                _mostInReferences[name] = Math.Max(_mostInReferences[name], ++_inReference[name]);
            }
        }

        int matches = 0;
        for (int i = 0; i + order <= _ends[0]; i++)
        {
            // A name is the first position of its like, so every n-gram of the hypothesis is met once here.
            if (names[i] == i)
            {
                matches += Math.Min(_inHypothesis[i], _mostInReferences[i]);
            }
        }

        return matches;
    }

    private static bool IsCloser(int words, int best, int length)
    {
        int difference = Math.Abs(words - length) - Math.Abs(best - length);
        return difference < 0 || (difference == 0 && words < best);
    }
}
