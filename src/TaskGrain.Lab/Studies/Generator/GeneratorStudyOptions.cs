namespace TaskGrain.Lab.Studies.Generator;

/// <summary>How much of the generator's world is measured.</summary>
internal sealed record GeneratorStudyOptions
{
    /// <summary>Clips in all; a fifth of them test.</summary>
    public int Clips { get; init; } = 3000;

    /// <summary>Fixes the clips and the networks' first weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Width and height of the single frames.</summary>
    public int FrameSize { get; init; } = 40;

    /// <summary>Passes over the training clips for the frame network.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Categories; empty for all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Threads that render; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Throws when a value cannot be used; the message lists all faults.</summary>
    /// <exception cref="TaskGrainException">A number is out of range.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Clips < 10)
        {
            faults.Add($"{Clips} clips are too few; at least 10 are needed");
        }

        if (FrameSize is < 16 or > 256)
        {
            faults.Add($"the frame size {FrameSize} is not between 16 and 256");
        }

        if (Epochs is < 1 or > 1000)
        {
            faults.Add($"{Epochs} epochs are not between 1 and 1,000");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Generator study: {string.Join("; ", faults)}.");
        }
    }
}
