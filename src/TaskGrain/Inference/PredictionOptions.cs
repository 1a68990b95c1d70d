namespace TaskGrain.Inference;

/// <summary>What is predicted about a video.</summary>
public sealed record PredictionOptions
{
    /// <summary>Classes to name, best first; fewer where the model knows fewer.</summary>
    public int Top { get; init; } = 5;

    /// <summary>
    /// Clips looked at: 1 takes the middle of the video, as in the paper's evaluation; more are spread evenly from
    /// its start to its end and averaged, for videos longer than a clip. A video too short for so many different
    /// clips gets as many as it has. Taught classes are told from the whole video, whatever this says.
    /// </summary>
    public int Clips { get; init; } = 1;

    /// <summary>Captions a beam search keeps; 1 takes the likeliest word at every step, as in the paper.</summary>
    public int BeamWidth { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Top < 1)
        {
            faults.Add($"at least 1 class must be named, not {Top}");
        }

        if (Clips is < 1 or > 1000)
        {
            faults.Add($"from 1 to 1000 clips can be looked at, not {Clips}");
        }

        if (BeamWidth is < 1 or > 1000)
        {
            faults.Add($"a beam keeps from 1 to 1000 captions, not {BeamWidth}");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"prediction: {string.Join("; ", faults)}.");
        }
    }
}
