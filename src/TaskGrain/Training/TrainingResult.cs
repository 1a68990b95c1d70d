namespace TaskGrain.Training;

/// <summary>How a run ended.</summary>
public sealed record TrainingResult
{
    /// <summary>The model of the best validation.</summary>
    public required string BestModel { get; init; }

    /// <summary>The model at the end, with what it takes to go on.</summary>
    public required string LastModel { get; init; }

    /// <summary>Epochs made.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps made.</summary>
    public required long Steps { get; init; }

    /// <summary>Why the run ended.</summary>
    public required string Ended { get; init; }

    /// <summary>The epoch of the best validation, from 1.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The best validation.</summary>
    public required ValidationReport BestValidation { get; init; }

    /// <summary>Clips of an epoch; each epoch draws others where clips are drawn.</summary>
    public required int TrainingClips { get; init; }

    /// <summary>Clips left out, by reason.</summary>
    public required IReadOnlyDictionary<string, int> LeftOut { get; init; }

    /// <summary>Seconds of training over all epochs, validation not counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Clips trained on a second, mean over the run.</summary>
    public required double ClipsPerSecond { get; init; }

    /// <summary>Share of the training time in which the computation waited for clips, 0 to 1.</summary>
    public required double WaitShare { get; init; }

    /// <summary>The result in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        string where = BestValidation.OnTrainingClips ? "on the training clips" : "validation";
        return $"{Epochs} epochs, {Steps} steps on {TrainingClips} clips in {Seconds:0.0} s ({ClipsPerSecond:0.0} "
            + $"clips/s, data wait {WaitShare:0.0%}; "
            + $"ended: {Ended}); best epoch {BestEpoch}, {where}: {BestValidation}; model: {BestModel}";
    }
}
