using System.Text.Json;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Training;

/// <summary>
/// Where a run stands, besides its tensors. Everything that follows is a function of this, the tensors and the data.
/// </summary>
internal sealed record TrainingState
{
    /// <summary>Every choice of the run.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Absolute path of the frame store, or the name of a generator.</summary>
    public required string Store { get; init; }

    /// <summary>Checksum of the clips and targets.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The model file it started from; null for random weights.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>Epochs finished.</summary>
    public int Epoch { get; init; }

    /// <summary>Steps made in the present epoch.</summary>
    public int Step { get; init; }

    /// <summary>Steps made in the whole run.</summary>
    public long TotalSteps { get; init; }

    public EpochSums Sums { get; init; } = new();

    public required PlateauState Plateau { get; init; }

    public EarlyStoppingState Stopping { get; init; } = new();

    public IReadOnlyList<EpochReport> History { get; init; } = [];

    /// <summary>Why the run ended; null while it goes on.</summary>
    public string? Ended { get; init; }

    public static TrainingState FromJson(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingState>(json, TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{source}: its training state cannot be read: {fault.Explain()}", fault);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, TaskGrainJson.Strict);
}
