using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>What an evaluation measures.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The split measured on; its clips need labels.</summary>
    public Split Split { get; init; } = Split.Validation;

    /// <summary>
    /// Clips the model computes at a time. Changes memory and speed; results only in the last digits.
    /// </summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Background threads that assemble clips.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Captions a beam search keeps; 1 takes the likeliest word at every step, as in the paper.</summary>
    public int BeamWidth { get; init; } = 1;

    /// <summary>
    /// The classes of a linear classifier to be trained on the frozen features of the training split (Table 2):
    /// groups or categories. Null for none.
    /// </summary>
    public Granularity? LinearProbe { get; init; }

    /// <summary>How that classifier is fitted.</summary>
    public LinearProbeOptions Probe { get; init; } = new();

    /// <summary>
    /// For a model with captions: also the captions of the nearest training clips on the encoding. Takes a pass over
    /// the training split, and makes no sense on it: every clip is its own nearest.
    /// </summary>
    public bool NearestNeighbours { get; init; } = true;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (BatchSize < 1)
        {
            faults.Add($"a batch has at least 1 clip, not {BatchSize}");
        }

        if (Workers < 1)
        {
            faults.Add($"at least 1 thread assembles clips, not {Workers}");
        }

        if (BeamWidth is < 1 or > 1000)
        {
            faults.Add($"a beam keeps from 1 to 1000 captions, not {BeamWidth}");
        }

        if (LinearProbe is { } grain && grain.IsCaption())
        {
            faults.Add($"a linear probe tells classes apart, action-groups or action-categories, not {grain.Name()}");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"evaluation: {string.Join("; ", faults)}.");
        }

        Probe.Validate();
    }
}
