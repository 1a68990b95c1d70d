namespace TaskGrain.Training;

/// <summary>How the weights in a model file came about.</summary>
public sealed record TrainingOrigin
{
    /// <summary>Name of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>Clips it was trained on.</summary>
    public required int TrainingClips { get; init; }

    /// <summary>Clips it was validated on.</summary>
    public required int ValidationClips { get; init; }

    /// <summary>Epochs finished when the weights were saved.</summary>
    public required int Epochs { get; init; }

    /// <summary>Optimiser steps made when the weights were saved.</summary>
    public required long Steps { get; init; }

    /// <summary>The epoch of the best validation up to then, counted from 1; 0 before the first validation.</summary>
    public int BestEpoch { get; init; }

    /// <summary>The best validation up to then; null before the first.</summary>
    public ValidationReport? BestValidation { get; init; }

    /// <summary>The model file it started from; null for random weights.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>Every choice of the run, the seed included.</summary>
    public required RunConfiguration Configuration { get; init; }
}
