using TaskGrain.Explain;

namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>Everything that the study of explanations measured; its page is written from this alone.</summary>
internal sealed record ExplainMeasurements
{
    /// <summary>What was measured with.</summary>
    public required ExplainStudyOptions Options { get; init; }

    /// <summary>The layer that is looked at by default, and its cells in a row.</summary>
    public required ExplainableLayer Layer { get; init; }

    /// <summary>Clips of which something that acts is to be seen, in the order of all lists of scores.</summary>
    public required IReadOnlyList<MeasuredClip> Clips { get; init; }

    /// <summary>Layers and weights on the first clips: their names, and a score a clip.</summary>
    public required IReadOnlyList<(
        string Layer,
        MapWeights Weights,
        IReadOnlyList<LocalisationScore> Scores
    )> Compared
    { get; init; }

    /// <summary>Deletion and insertion.</summary>
    public required IReadOnlyList<PerturbationCurve> Curves { get; init; }

    /// <summary>What explanations cost.</summary>
    public required ExplainCost Cost { get; init; }

    /// <summary>Seconds it took.</summary>
    public double Seconds { get; init; }
}

/// <summary>One clip's explanations beside the truth.</summary>
/// <param name="IsRight">Whether the model names its category.</param>
/// <param name="HasEvent">Whether events and other moments are both to be seen.</param>
/// <param name="Trained">The model's map for the true category.</param>
/// <param name="Random">The mean of the models of random weights.</param>
/// <param name="Centre">A map that favours the middle.</param>
/// <param name="Uniform">A map that favours nothing.</param>
internal sealed record MeasuredClip(
    bool IsRight,
    bool HasEvent,
    LocalisationScore Trained,
    LocalisationScore Random,
    LocalisationScore Centre,
    LocalisationScore Uniform
);
