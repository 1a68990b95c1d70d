namespace TaskGrain.Inference;

/// <summary>What is predicted about a stream, and how often.</summary>
public sealed record StreamOptions
{
    /// <summary>Classes to name, best first; fewer where the model knows fewer.</summary>
    public int Top { get; init; } = 3;

    /// <summary>
    /// A prediction after every so many of the frames that the model reads; 1 for every one. (A model with a frame
    /// stride of n reads every n-th frame.)
    /// </summary>
    public int Every { get; init; } = 1;

    /// <summary>Captions a beam search keeps; 1 takes the likeliest word at every step.</summary>
    public int BeamWidth { get; init; } = 1;

    /// <summary>Whether to caption, where the model can.</summary>
    public bool Captions { get; init; } = true;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        foreach (
            (string name, int value) in new[]
            {
                (nameof(Top), Top),
                (nameof(Every), Every),
                (nameof(BeamWidth), BeamWidth),
            }
        )
        {
            if (value < 1)
            {
                faults.Add($"{name} is {value}; it must be at least 1");
            }
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"stream: {string.Join("; ", faults)}.");
        }
    }
}
