namespace TaskGrain.Training;

/// <summary>What lowers the learning rate.</summary>
public enum LearningRateRule
{
    /// <summary>Nothing.</summary>
    Constant,

    /// <summary>A validation loss that stalls (<see cref="PlateauSchedule"/>): the authors' configuration.</summary>
    Plateau,

    /// <summary>Half a cosine over the run, down to the minimum.</summary>
    Cosine,
}

/// <summary>The learning rate over a run.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>What lowers the rate.</summary>
    public LearningRateRule Rule { get; init; } = LearningRateRule.Plateau;

    /// <summary>
    /// Steps over which the rate rises from 0 at the beginning; at most half of the run's, so that a short run of a
    /// preset learns too.
    /// </summary>
    public int WarmUpSteps { get; init; }

    /// <summary>Plateau: factor of a reduction. Authors: 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Plateau: epochs without improvement that are borne. Authors: 2.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>Plateau: share of the best loss by which a lower one must beat it. Authors: 1e-4.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>
    /// Plateau: the run ends when a reduction reaches this rate. Cosine: the last rate. Authors: 1e-8.
    /// </summary>
    public double Minimum { get; init; } = 1e-8;

    /// <summary>The rate of a step.</summary>
    /// <param name="rate">The present base rate: the configured one, times the plateau's reductions.</param>
    /// <param name="step">Steps made before this one in the whole run.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <returns>The rate.</returns>
    public double At(double rate, long step, long totalSteps)
    {
        double rising = Math.Min(WarmUpSteps, Math.Max(1, totalSteps / 2));
        double warmUp = rising > 0 ? Math.Min(1, (step + 1) / rising) : 1;
        if (Rule != LearningRateRule.Cosine)
        {
            return rate * warmUp;
        }

        double left = Math.Max(1, totalSteps - rising);
        double done = Math.Clamp((step - rising) / left, 0, 1);
        return warmUp * (Minimum + ((rate - Minimum) * (1 + Math.Cos(Math.PI * done)) / 2));
    }

    /// <summary>What is wrong with the values.</summary>
    internal IEnumerable<string> Faults(double rate)
    {
        if (WarmUpSteps < 0)
        {
            yield return $"schedule.warmUpSteps is {WarmUpSteps}; it must be at least 0";
        }

        if (Factor is not (> 0 and < 1))
        {
            yield return $"schedule.factor is {Factor}; it must be above 0 and below 1";
        }

        if (Patience < 0)
        {
            yield return $"schedule.patience is {Patience}; it must be at least 0";
        }

        if (Threshold is not (>= 0 and < 1))
        {
            yield return $"schedule.threshold is {Threshold}; it must be at least 0 and below 1";
        }

        if (!(Minimum >= 0 && Minimum <= rate))
        {
            yield return $"schedule.minimum is {Minimum}; it must be at least 0 and at most the learning rate {rate}";
        }
    }
}
