using TaskGrain.Labels;
using TaskGrain.Training;

namespace TaskGrain.Lab.Demo;

/// <summary>What the demo makes.</summary>
internal sealed record DemoOptions
{
    /// <summary>Folder for everything it makes.</summary>
    public required string Folder { get; init; }

    /// <summary>A video file of the user's to predict on at the end; null for none.</summary>
    public string? Clip { get; init; }

    /// <summary>Clips to generate: training, validation and test together.</summary>
    public int Clips { get; init; } = 2000;

    /// <summary>Fixes the clips and the training.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sizes of model and training.</summary>
    public RunPreset Preset { get; init; } = RunPreset.Demo;

    /// <summary>What it computes on.</summary>
    public MachineOptions Machine { get; init; } = new();

    /// <summary>The configuration of the training: actions and captions jointly.</summary>
    /// <returns>The preset's, with this seed and machine, and the demo's own length and weights.</returns>
    internal ConfigurationLayers Configuration()
    {
        RunConfiguration preset = RunPresets.Create(Preset);
        TrainingOptions training = preset.Training with { Seed = Seed };
        if (Preset == RunPreset.Demo)
        {
            // Many clips a few times teach more than few clips often, and drawing them costs less than training on
            // them. Captions come in once motion is told apart; at the paper's 0.1 so short a run would lose it again.
            training = training with
            {
                Epochs = 8,
                BatchSize = 16,
                Lambda = new LossSchedule
                {
                    Start = 1,
                    End = 0.5,
                    FromEpoch = 3,
                    Length = 3,
                },
            };
        }

        return new ConfigurationLayers(
            preset with
            {
                Granularity = Granularity.SimplifiedCaptions,
                Training = training,
                Machine = Machine,
            }
        );
    }

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder))
        {
            faults.Add("a folder is needed");
        }

        if (Clips < DemoCategories.All.Count * 4)
        {
            faults.Add(
                $"{DemoCategories.All.Count} categories need at least {DemoCategories.All.Count * 4} clips, not {Clips}"
            );
        }

        if (Clip is not null && !File.Exists(Clip) && !Directory.Exists(Clip))
        {
            faults.Add($"{Clip}: there is no such file");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"demo: {string.Join("; ", faults)}.");
        }
    }
}
