namespace TaskGrain.Labels;

/// <summary>Which noun stands for an object in a simplified caption.</summary>
public enum ObjectNoun
{
    /// <summary>
    /// The last noun of the object's own noun phrase (default): <c>two glasses of water</c> gives <c>glasses</c>,
    /// <c>pen on paper</c> gives <c>pen</c>, <c>a piece of paper</c> gives <c>paper</c>.
    /// </summary>
    OwnPhrase,

    /// <summary>The last noun of the whole text: <c>two glasses of water</c> gives <c>water</c>.</summary>
    LastNoun,

    /// <summary>The last word, whatever it is, as in the authors' code.</summary>
    LastWord,
}

/// <summary>How captions are made from annotations.</summary>
public sealed record CaptionOptions
{
    /// <summary>
    /// Words that occur this often or less in the training captions become <c>[Something]</c>; 5 in the paper.
    /// </summary>
    public int RareCount { get; init; } = 5;

    /// <summary>Which noun stands for an object in a simplified caption.</summary>
    public ObjectNoun ObjectNoun { get; init; } = ObjectNoun.OwnPhrase;

    /// <summary>Looks the values over.</summary>
    /// <exception cref="TaskGrainException">Lists every value that cannot be.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (RareCount < 0)
        {
            faults.Add($"RareCount {RareCount} must be 0 or more");
        }

        if (!Enum.IsDefined(ObjectNoun))
        {
            faults.Add($"ObjectNoun {ObjectNoun} is not one of {string.Join(", ", Enum.GetNames<ObjectNoun>())}");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"caption options: {string.Join("; ", faults)}.");
        }
    }
}
