namespace TaskGrain.Inference;

/// <summary>A class and how likely a model holds it.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Class">Its number, from 0.</param>
/// <param name="Probability">In [0, 1].</param>
public sealed record ClassProbability(string Name, int Class, double Probability)
{
    /// <summary>The likeliest classes.</summary>
    /// <param name="classes">Their names.</param>
    /// <param name="probabilities">One for each.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Best first.</returns>
    internal static ClassProbability[] Best(IReadOnlyList<string> classes, float[] probabilities, int count) =>
        [
            .. new ScoreMatrix(probabilities, classes.Count)
                .Top(0, count)
                .Select(c => new ClassProbability(classes[c], c, probabilities[c])),
        ];
}

/// <summary>What a model says about one video.</summary>
public sealed record Prediction
{
    /// <summary>The likeliest classes, best first; empty for a model that only captions.</summary>
    public required IReadOnlyList<ClassProbability> Top { get; init; }

    /// <summary>The caption in the model's words; null for a model without a decoder.</summary>
    public string? Caption { get; init; }

    /// <summary>Frames of the video at the model's rate.</summary>
    public required int Frames { get; init; }

    /// <summary>Length of the video in seconds, by its frames.</summary>
    public required double Seconds { get; init; }

    /// <summary>Clips that were averaged; 1 for taught classes, told from the video as a whole.</summary>
    public required int Clips { get; init; }

    /// <summary>What was wrong with the video although frames could be had; null when nothing was.</summary>
    public string? Warning { get; init; }
}
