namespace TaskGrain.Inference;

/// <summary>What a model says about the last seconds of a stream.</summary>
public sealed record StreamPrediction
{
    /// <summary>Time of the newest frame that has come, in seconds from the start.</summary>
    public required double Seconds { get; init; }

    /// <summary>Frames read so far.</summary>
    public required long Frames { get; init; }

    /// <summary>
    /// Frames the prediction is about, of those the model reads: the window's that the encoder's look-ahead has passed;
    /// at the end of the video all of the window's.
    /// </summary>
    public required int Window { get; init; }

    /// <summary>The likeliest classes, best first; empty for a model that only captions.</summary>
    public required IReadOnlyList<ClassProbability> Top { get; init; }

    /// <summary>
    /// The caption in the model's words; null for a model without a decoder or when none was asked for.
    /// </summary>
    public string? Caption { get; init; }

    /// <summary>Time from the arrival of the frame to this prediction, in milliseconds.</summary>
    public required double Milliseconds { get; init; }
}
