using TaskGrain.Training;

namespace TaskGrain.Lab.Studies;

/// <summary>What a study is made with. Everything in it is part of the result and written on its page.</summary>
internal sealed record StudyOptions
{
    /// <summary>
    /// Folder of the studies: generated sets, trained models and measurements. Studies share it, so that a model that
    /// two of them need is trained once; a study that was stopped goes on there.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>A packed frame store to work on in place of the generated source set; null for this.</summary>
    public string? Store { get; init; }

    /// <summary>Clips of the source set.</summary>
    public int Clips { get; init; } = 4000;

    /// <summary>Seed of the generated sets.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Categories of the source set; empty for all that the generator can act out.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Part of the clips in the validation split.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Part of the clips in the test split.</summary>
    public double TestShare { get; init; } = 4.0 / 30;

    /// <summary>
    /// Clips of the kitchenware set that the transfer study carries over to. The paper's has 390, which leaves 130 for
    /// test.
    /// </summary>
    public int TargetClips { get; init; } = 1300;

    /// <summary>Part of the kitchenware clips in the test split; the others are the training split.</summary>
    public double TargetTestShare { get; init; } = 0.7;

    /// <summary>
    /// Sources of features beside the encoders that the transfer study trains: names of shipped models or of networks
    /// trained elsewhere, or files of either.
    /// </summary>
    public IReadOnlyList<string> OtherSources { get; init; } = [];

    /// <summary>Draws of few-shot clips in the transfer study; the paper's 10.</summary>
    public int Draws { get; init; } = 10;

    /// <summary>Runs of every model, each with its own weights, order of clips and crops: seeds 1, 2, 3 …</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>
    /// Epochs for which the caption study trains its first joint model on at λ = 0.1, to see what more training would
    /// bring; 0 for not at all.
    /// </summary>
    public int FurtherEpochs { get; init; }

    /// <summary>The preset the models are trained with.</summary>
    public RunPreset Preset { get; init; } = RunPreset.Study;

    /// <summary>Values set over the preset, such as <c>training.epochs=12</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Clips < 100)
        {
            faults.Add($"a study on {Clips} clips decides nothing; take at least 100");
        }

        if (TargetClips < 26)
        {
            faults.Add($"{TargetClips} clips of 13 kitchenware classes leave no two a class; take at least 26");
        }

        if (FurtherEpochs < 0)
        {
            faults.Add($"nothing can be trained on for {FurtherEpochs} epochs");
        }

        if (Repeats < 1)
        {
            faults.Add($"every model is trained at least once, not {Repeats} times");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"study: {string.Join("; ", faults)}.");
        }
    }
}
