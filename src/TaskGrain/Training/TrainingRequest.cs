using TaskGrain.Data;

namespace TaskGrain.Training;

/// <summary>What to train, on what, and where the results go.</summary>
public sealed record TrainingRequest
{
    /// <summary>Folder for everything the run makes.</summary>
    public required string Out { get; init; }

    /// <summary>
    /// The packed frame store, or the name of a generator; may be null for a run that is resumed, which knows it.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>Knows the names of generators; null where there are stores alone.</summary>
    internal ClipGeneratorFinder? Generators { get; init; }

    /// <summary>The run's configuration. For a run that is resumed: only what changes.</summary>
    public ConfigurationLayers Configuration { get; init; } = new();

    /// <summary>
    /// A model to start from, a file or the name of a shipped one: its encoder is taken over, and of its heads the
    /// classes and words that the run has too. Null for random weights.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Go on from the last checkpoint in <see cref="Out"/>; where there is none yet, start.</summary>
    public bool Resume { get; init; }
}

/// <summary>Who is told how a run goes; any part may be null.</summary>
public sealed record TrainingObserver
{
    /// <summary>Told after every step.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Told after every step.</summary>
    public IProgress<StepReport>? Steps { get; init; }

    /// <summary>Told after every epoch.</summary>
    public IProgress<EpochReport>? Epochs { get; init; }

    /// <summary>Told what a person should know: clips left out, heads made anew, where it goes on.</summary>
    public IProgress<string>? Notes { get; init; }
}
