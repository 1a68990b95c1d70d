namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>What the study of explanations is made with. Everything in it is on its page.</summary>
internal sealed record ExplainStudyOptions
{
    /// <summary>The model that is explained: a file.</summary>
    public required string Model { get; init; }

    /// <summary>How the page calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Generated clips whose explanations are set beside the truth.</summary>
    public int Clips { get; init; } = 348;

    /// <summary>Seed of the clips; not that of the model's training.</summary>
    public ulong Seed { get; init; } = 2026;

    /// <summary>Categories of the clips; empty for all that the generator can act out.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Models of random weights beside it, seeds 1, 2, 3 …</summary>
    public int RandomModels { get; init; } = 3;

    /// <summary>The first so many clips on which layers and weights are compared.</summary>
    public int ComparedClips { get; init; } = 116;

    /// <summary>The first so many clips on which deletion and insertion are measured.</summary>
    public int CurveClips { get; init; } = 87;

    /// <summary>Rounds in which times are measured.</summary>
    public int Rounds { get; init; } = 15;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Clips < 2)
        {
            faults.Add($"{Clips} clips have no interval; take at least 2, better several hundred");
        }

        if (RandomModels < 1 || ComparedClips < 2 || CurveClips < 2 || Rounds < 1)
        {
            faults.Add("there must be a random model, two compared clips, two clips with curves and a round");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"study: {string.Join("; ", faults)}.");
        }
    }
}
