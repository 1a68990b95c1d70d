namespace TaskGrain.Training;

/// <summary>A run that has ended, looked at by someone who wants to use its model again.</summary>
internal static class FinishedRun
{
    /// <summary>
    /// Makes sure that a run is the one that would be made now: same configuration, same clips and labels.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="layers">The configuration that is wanted.</param>
    /// <param name="store">The frame store that is wanted.</param>
    /// <exception cref="TaskGrainException">It differs; the message says where.</exception>
    public static void RequireSame(string folder, ConfigurationLayers layers, string store)
    {
        TrainingState state = CheckpointStore.ReadState(Path.Combine(folder, CheckpointStore.LastName));
        RunConfiguration asked = layers.Build().Resolve();
        ResumeRules.Check(state.Configuration, asked, folder);
        if (asked.Training.Epochs != state.Configuration.Training.Epochs)
        {
            throw new TaskGrainException(
                $"{folder} was trained for {state.Configuration.Training.Epochs} epochs, and "
                    + $"{asked.Training.Epochs} are asked for; take another folder, or the same epochs."
            );
        }

        using TrainingData data = TrainingData.Open(store, asked);
        if (data.Fingerprint != state.Fingerprint)
        {
            throw new TaskGrainException(
                $"{folder} was trained on other clips or labels than {store} has now; take another folder."
            );
        }
    }
}
