namespace TaskGrain.Training;

/// <summary>How a model is trained. The defaults are the paper's or, where it is silent, its authors' code's.</summary>
public sealed record TrainingOptions
{
    /// <summary>Fixes the first weights, the order of the clips, their crops, and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Most passes over the training clips. Authors: 200, or until the learning rate has reached its minimum.
    /// </summary>
    public int Epochs { get; init; } = 200;

    /// <summary>Clips a step. Authors: 8 to 16.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Adam's learning rate. Paper: 0.001 (the authors' configuration files: 0.0001).</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>What lowers the learning rate.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Decoupled weight decay (AdamW); 0 for none, as the authors.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Largest norm of all gradients together; larger ones are scaled down to it. 0 for no clipping, as the authors.
    /// </summary>
    public double ClipGradients { get; init; }

    /// <summary>λ over the run; null for the grain's own: 1 for actions, 1 → 0.1 for captions.</summary>
    public LossSchedule? Lambda { get; init; }

    /// <summary>
    /// Leave the END that fills captions up out of the caption loss; the first END, which ends a caption, always
    /// counts. Off as in the authors' code: every place of every caption counts.
    /// </summary>
    public bool MaskPadding { get; init; }

    /// <summary>
    /// Where several ranks train together: whether batch norms take their statistics over the clips of all of them, so
    /// that the number of ranks changes nothing; otherwise each takes its own clips', and their mean is kept.
    /// </summary>
    public bool SynchroniseStatistics { get; init; } = true;

    /// <summary>Give up after this many epochs without a better validation; 0 for never.</summary>
    public int StopPatience { get; init; }

    /// <summary>A checkpoint at least this often, besides the end of every epoch; 0 for epochs only.</summary>
    public double CheckpointMinutes { get; init; } = 5;

    /// <summary>A checkpoint every so many steps, besides the end of every epoch; 0 for epochs only.</summary>
    public int CheckpointSteps { get; init; }

    /// <summary>
    /// Threads that assemble clips; 0 for two where they come from a store, and one a core where they are drawn.
    /// </summary>
    public int LoaderThreads { get; init; }

    /// <summary>What is wrong with the values.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (
            (string name, double value, double least) in new (string, double, double)[]
            {
                ("epochs", Epochs, 1),
                ("batchSize", BatchSize, 1),
                ("weightDecay", WeightDecay, 0),
                ("clipGradients", ClipGradients, 0),
                ("stopPatience", StopPatience, 0),
                ("checkpointMinutes", CheckpointMinutes, 0),
                ("checkpointSteps", CheckpointSteps, 0),
                ("loaderThreads", LoaderThreads, 0),
            }
        )
        {
            if (!(value >= least && double.IsFinite(value)))
            {
                yield return $"training.{name} is {value}; it must be at least {least}";
            }
        }

        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
        {
            yield return $"training.learningRate is {LearningRate}; it must be above 0";
        }

        foreach (string fault in Schedule.Faults(LearningRate).Concat(Lambda?.Faults() ?? []))
        {
            yield return $"training.{fault}";
        }
    }
}
