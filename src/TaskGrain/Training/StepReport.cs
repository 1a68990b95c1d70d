namespace TaskGrain.Training;

/// <summary>What one training step gave. The figures of a head that the step left out (λ = 1 or 0) are null.</summary>
public sealed record StepReport
{
    /// <summary>The step's number in the run, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Clips in the batch.</summary>
    public required int Clips { get; init; }

    /// <summary>λ of the step.</summary>
    public required double Lambda { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The joint loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Cross-entropy of the classes.</summary>
    public double? ClassLoss { get; init; }

    /// <summary>Share of clips whose class was the likeliest one.</summary>
    public double? Top1 { get; init; }

    /// <summary>Negative log-probability of a word.</summary>
    public double? CaptionLoss { get; init; }

    /// <summary>Share of words that were the likeliest ones (teacher forcing).</summary>
    public double? WordAccuracy { get; init; }

    /// <summary>Norm of all gradients together, before clipping.</summary>
    public required double GradientNorm { get; init; }
}
