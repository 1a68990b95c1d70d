namespace TaskGrain.Labels;

/// <summary>What a clip is for.</summary>
public enum Split
{
    /// <summary>Weights and vocabulary are learned from it.</summary>
    Train,

    /// <summary>Decides when to stop and which weights to keep.</summary>
    Validation,

    /// <summary>Measured once, at the end.</summary>
    Test,
}

/// <summary>The splits' words.</summary>
internal static class SplitNames
{
    /// <summary>The split's word: <c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    /// <param name="split">The split.</param>
    /// <returns>The word.</returns>
    public static string Name(this Split split) =>
        split switch
        {
            Split.Train => "train",
            Split.Validation => "validation",
            Split.Test => "test",
            _ => throw new ArgumentOutOfRangeException(nameof(split), split, "not a split"),
        };

    /// <summary>
    /// Recognises a folder or file name that stands for a split, such as <c>val</c> or <c>Testing</c>.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="split">The split it stands for.</param>
    /// <returns>False when it stands for none.</returns>
    public static bool TryParse(string name, out Split split)
    {
        ArgumentNullException.ThrowIfNull(name);
        (bool known, split) = name.ToLowerInvariant() switch
        {
            "train" or "training" => (true, Split.Train),
            "validation" or "val" or "valid" or "validate" or "dev" => (true, Split.Validation),
            "test" or "testing" => (true, Split.Test),
            _ => (false, default),
        };
        return known;
    }
}
