namespace TaskGrain.Training;

/// <summary>What one epoch gave: a line of <c>metrics.csv</c>, an entry of <c>history.json</c>.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs the run has at most.</summary>
    public required int Epochs { get; init; }

    /// <summary>Optimiser steps of the whole run up to its end.</summary>
    public required long Steps { get; init; }

    /// <summary>λ of its last step.</summary>
    public required double Lambda { get; init; }

    /// <summary>Learning rate of its last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Joint loss in training: mean over its clips, each measured while the weights changed.</summary>
    public required double Loss { get; init; }

    /// <summary>Cross-entropy of the classes in training; null when the classifier was left out.</summary>
    public double? ClassLoss { get; init; }

    /// <summary>Top-1 accuracy in training.</summary>
    public double? Top1 { get; init; }

    /// <summary>Negative log-probability of a word in training; null when the decoder was left out.</summary>
    public double? CaptionLoss { get; init; }

    /// <summary>Share of words that were the likeliest ones in training.</summary>
    public double? WordAccuracy { get; init; }

    /// <summary>The validation after it.</summary>
    public required ValidationReport Validation { get; init; }

    /// <summary>Whether it was the best so far.</summary>
    public required bool Best { get; init; }

    /// <summary>
    /// Seconds its steps took, validation not counted; of the last process alone when it was interrupted.
    /// </summary>
    public required double Seconds { get; init; }

    /// <summary>Clips trained on a second.</summary>
    public required double ClipsPerSecond { get; init; }

    /// <summary>Share of the time in which the computation waited for clips, 0 to 1.</summary>
    public required double WaitShare { get; init; }

    /// <summary>The epoch in one line for people.</summary>
    /// <returns>
    /// Such as <c>epoch 3/20 loss 1.234 top-1 45.1% | validation: … | 31 clips/s, data wait 0.2%</c>.
    /// </returns>
    public override string ToString()
    {
        string training =
            $"loss {Loss:0.000}"
            + (Top1 is { } top1 ? $", top-1 {top1:0.0%}" : "")
            + (WordAccuracy is { } words ? $", words {words:0.0%}" : "");
        string where = Validation.OnTrainingClips ? "on the training clips" : "validation";
        string lambda = Lambda is 1 ? "" : $", lambda {Lambda:0.##}";
        return $"epoch {Epoch}/{Epochs}: {training}{lambda} | {where}: {Validation}{(Best ? " (best)" : "")} | "
            + $"{ClipsPerSecond:0.0} clips/s, data wait {WaitShare:0.0%}";
    }
}
