using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Training;

/// <summary>How the weights in a model file came about.</summary>
internal sealed record TrainingOrigin
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

    /// <summary>Reads the origin that a model's description carries.</summary>
    /// <param name="description">The description.</param>
    /// <returns>The origin; null for a model that was not trained here.</returns>
    /// <exception cref="TaskGrainException">It cannot be read.</exception>
    public static TrainingOrigin? Of(ModelDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        try
        {
            return description.Origin?.Deserialize<TrainingOrigin>(TaskGrainJson.Strict);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new TaskGrainException($"the model's account of its training cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The origin as a description carries it.</summary>
    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, TaskGrainJson.Strict);
}
