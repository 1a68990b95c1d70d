namespace TaskGrain.Metrics;

/// <summary>A way in which METEOR lets words match.</summary>
public enum MeteorModule
{
    /// <summary>The same token.</summary>
    Exact,

    /// <summary>Different tokens with the same Porter2 stem.</summary>
    Stem,

    /// <summary>Different tokens that share a synset of WordNet 3.0.</summary>
    Synonym,

    /// <summary>Phrases of one or more words that a paraphrase table puts side by side.</summary>
    Paraphrase,
}
