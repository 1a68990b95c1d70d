namespace TaskGrain.Explain;

/// <summary>What of a model's answer is explained, and where one looks.</summary>
public sealed record ExplainOptions
{
    /// <summary>
    /// Names of classes, as <see cref="VideoExplainer.Classes"/> has them, or a part of a name that only one has; case
    /// and brackets do not matter. Empty for the likeliest class.
    /// </summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>
    /// A class that the classes are set against: what speaks for each of them and not for this one. Each class then has
    /// a second map. Null for none.
    /// </summary>
    public string? Against { get; init; }

    /// <summary>
    /// Whether the caption's words are explained; null for: when no class was named and the model writes captions.
    /// </summary>
    public bool? Words { get; init; }

    /// <summary>A caption to explain instead of the model's own, in its words; null for its own.</summary>
    public string? Caption { get; init; }

    /// <summary>
    /// The layer whose maps are looked at (<see cref="VideoExplainer.Layers"/>); null for the default.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>With what the layer's cells are weighted; <c>docs/results/explain.md</c> compares the ways.</summary>
    public MapWeights Weights { get; init; } = MapWeights.Cells;
}
