using TaskGrain.Lab.Studies;

namespace TaskGrain.Lab.Reproduction;

/// <summary>One run of the plan: the smallest thing that is done or not done.</summary>
internal abstract record PlannedRun
{
    /// <summary>Its name: also that of its measurement's file.</summary>
    public abstract string Id { get; }

    /// <summary>The training seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Parts of the paper that use it.</summary>
    public required IReadOnlyList<PaperPart> Parts { get; init; }

    /// <summary>The run whose model it needs; null for none.</summary>
    public virtual string? Needs => null;
}

/// <summary>A model is trained on a task and measured on the test split.</summary>
internal sealed record TrainingRun : PlannedRun
{
    /// <summary>The division between the channels.</summary>
    public required PaperArchitecture Architecture { get; init; }

    /// <summary>What it is trained on.</summary>
    public required SourceTask Task { get; init; }

    /// <inheritdoc/>
    public override string Id => IdOf(Task, Architecture, Seed);

    /// <summary>The name of a run.</summary>
    public static string IdOf(SourceTask task, PaperArchitecture architecture, int seed) =>
        $"{task.Name}_m{architecture.Ours.Features3D}-{architecture.Ours.Features2D}_s{seed}";
}

/// <summary>Every frame baseline of Tables 3 and 4 is learned once on the frozen ImageNet features.</summary>
internal sealed record FrameBaselineRun : PlannedRun
{
    /// <summary>The run's name up to its seed.</summary>
    public const string Stem = "frames-" + ReproductionPlan.ImageNet;

    /// <inheritdoc/>
    public override string Id => $"{Stem}_s{Seed}";
}

/// <summary>A source's frozen features are carried over to a target from few clips.</summary>
internal sealed record TransferRun : PlannedRun
{
    /// <summary>The source's name on the page.</summary>
    public required string Source { get; init; }

    /// <summary>The run that trains the source; null for a source that is not trained here.</summary>
    public TrainingRun? Model { get; init; }

    /// <summary>What opens a source trained elsewhere, such as <c>imagenet-resnet18</c>; null for untrained.</summary>
    public string? Named { get; init; }

    /// <summary>The target's name: <c>kitchenware</c>, or that of a real set.</summary>
    public required string Target { get; init; }

    /// <inheritdoc/>
    public override string Id => $"to-{Target}_{Model?.Id ?? $"{Named ?? "untrained"}_s{Seed}"}";

    /// <inheritdoc/>
    public override string? Needs => Model?.Id;
}
