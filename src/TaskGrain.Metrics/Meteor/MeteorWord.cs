namespace TaskGrain.Metrics;

/// <summary>What METEOR's modules need to know of a token, looked up once a word type.</summary>
internal sealed class MeteorWord
{
    /// <summary>The token.</summary>
    public required string Text { get; init; }

    /// <summary>Equal stems have equal numbers; -1 when stems are not used.</summary>
    public required int Stem { get; init; }

    /// <summary>Synsets of the token and its base forms, ascending; empty when synonyms are not used.</summary>
    public required int[] Synsets { get; init; }

    /// <summary>One bit a synset, several synsets to a bit: without a common bit there is no common synset.</summary>
    public required ulong SynsetBits { get; init; }

    /// <summary>Number in the paraphrase table's vocabulary; -1 for a word it does not have.</summary>
    public required int ParaphraseWord { get; init; }

    /// <summary>One of METEOR's function words.</summary>
    public required bool IsFunctionWord { get; init; }

    /// <summary>Whether two tokens share a synset.</summary>
    public bool SharesSynset(MeteorWord other)
    {
        if ((SynsetBits & other.SynsetBits) == 0)
        {
            return false;
        }

        int[] a = Synsets;
        int[] b = other.Synsets;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                return true;
            }

            _ = a[i] < b[j] ? i++ : j++;
        }

        return false;
    }
}
