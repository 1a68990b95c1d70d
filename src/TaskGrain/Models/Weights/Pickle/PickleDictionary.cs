namespace TaskGrain.Models.Weights.Pickle;

/// <summary>
/// A dictionary of a pickle as the list of its entries. Nothing is hashed: a key may be anything, and a hostile file
/// cannot make it slow.
/// </summary>
internal sealed class PickleDictionary
{
    /// <summary>The entries in the order they were set; of two with the same key the later one counts.</summary>
    public List<KeyValuePair<object?, object?>> Entries { get; } = [];

    /// <summary>The entries whose keys are texts.</summary>
    /// <returns>The last value of each key, in the order of the keys' first setting.</returns>
    public IReadOnlyDictionary<string, object?> Texts()
    {
        var texts = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((object? key, object? value) in Entries)
        {
            if (key is string text)
            {
                texts[text] = value;
            }
        }

        return texts;
    }
}
