namespace TaskGrain.Lab.Baselines;

/// <summary>How the baselines read clips and are trained. Everything in it is part of the result.</summary>
internal sealed record BaselineOptions
{
    /// <summary>
    /// Frames of a clip: consecutive ones, from a random start in training and the middle of the video in a test; a
    /// shorter video is padded by its first and last frame. Paper: 48.
    /// </summary>
    public int Frames { get; init; } = 48;

    /// <summary>Frames a second that features are computed of. Paper: 12.</summary>
    public double FramesPerSecond { get; init; } = 12;

    /// <summary>Hidden units of the perceptron, and units of the LSTM. Paper: 1024.</summary>
    public int Units { get; init; } = 1024;

    /// <summary>Frames that temporal relations are computed of. Zhou et al.: 8.</summary>
    public int RelationFrames { get; init; } = 8;

    /// <summary>Units of the temporal relations' layers. Zhou et al.: 256.</summary>
    public int RelationUnits { get; init; } = 256;

    /// <summary>Choices of frames that a training step draws for each number of frames. Zhou et al.: 3.</summary>
    public int RelationChoices { get; init; } = 3;

    /// <summary>Dropout before the last layer.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Most passes over the training clips.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Give up after this many epochs without a better validation; 0 for never.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Clips a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's learning rate, lowered to 0 along half a cosine. Paper: 0.001.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new TaskGrainException($"baselines: {string.Join("; ", faults)}.");
        }
    }

    private IEnumerable<string> Faults()
    {
        foreach (
            (string what, int value) in new[]
            {
                ("hidden units", Units),
                ("relation units", RelationUnits),
                ("relation choices", RelationChoices),
                ("epochs", Epochs),
                ("clips a step", BatchSize),
            }
        )
        {
            if (value < 1)
            {
                yield return $"{value} {what} are not at least 1";
            }
        }

        if (Frames < 2)
        {
            yield return $"{Frames} frames have no order; take at least 2";
        }

        if (RelationFrames < 2 || RelationFrames > Math.Min(Frames, 16))
        {
            yield return $"relations of {RelationFrames} frames are not among 2 to {Math.Min(Frames, 16)}";
        }

        if (!(FramesPerSecond is > 0 and <= 240))
        {
            yield return $"{FramesPerSecond} frames a second are not above 0 and at most 240";
        }

        if (!(Dropout is >= 0 and < 1))
        {
            yield return $"the dropout {Dropout} is not from 0 to below 1";
        }

        if (Patience < 0)
        {
            yield return $"a patience of {Patience} epochs is below 0";
        }

        if (!(LearningRate is > 0 and < 1))
        {
            yield return $"the learning rate {LearningRate} is not above 0 and below 1";
        }
    }
}
