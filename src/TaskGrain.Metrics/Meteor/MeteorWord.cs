namespace TaskGrain.Metrics;

/// <summary>What METEOR's modules need to know of a token, looked up once a word type.</summary>
internal sealed class MeteorWord
{
    /// <summary>Its number among the words its lexicon has seen, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>The token.</summary>
    public required string Text { get; init; }

    /// <summary>Equal stems have equal numbers; -1 when stems are not used.</summary>
    public required int Stem { get; init; }

    /// <summary>Synsets of the token and its base forms, ascending; empty when synonyms are not used.</summary>
    public required int[] Synsets { get; init; }

    /// <summary>Number in the paraphrase table's vocabulary; -1 for a word it does not have.</summary>
    public required int ParaphraseWord { get; init; }

    /// <summary>One of METEOR's function words.</summary>
    public required bool IsFunctionWord { get; init; }
}
