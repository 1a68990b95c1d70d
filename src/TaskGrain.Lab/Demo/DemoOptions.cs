using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Lab.Demo;

/// <summary>What the demo makes.</summary>
internal sealed record DemoOptions
{
    /// <summary>Folder for everything it makes.</summary>
    public required string Folder { get; init; }

    /// <summary>A video file of the user's to look at too; null for none.</summary>
    public string? Clip { get; init; }

    /// <summary>Clips to generate: training, validation and test together.</summary>
    public int Clips { get; init; } = 2000;

    /// <summary>Fixes the clips and the training.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sizes of the training, and of a model that is trained from scratch.</summary>
    public RunPreset Preset { get; init; } = RunPreset.Demo;

    /// <summary>The model that is shown first and trained from: a file or the name of a shipped one.</summary>
    public string Base { get; init; } = ModelCatalog.DefaultName;

    /// <summary>Whether the training begins with random weights.</summary>
    public bool FromScratch { get; init; }

    /// <summary>Clips of each class of the kitchen to teach from, and as many to test with.</summary>
    public int KitchenClips { get; init; } = 6;

    /// <summary>What it computes on.</summary>
    public MachineOptions Machine { get; init; } = new();

    /// <summary>Size and rate of the frames that are trained on.</summary>
    /// <param name="base">The model to start from.</param>
    internal FrameFormat Frames(ModelDescription @base) =>
        FromScratch ? RunPresets.Frames(Preset) : @base.Preprocessing.Frames;

    /// <summary>The configuration of the training: actions and captions jointly.</summary>
    /// <param name="base">The model to start from.</param>
    /// <returns>The preset's, with this seed and machine, and the demo's own length and weights.</returns>
    internal ConfigurationLayers Configuration(ModelDescription @base)
    {
        RunConfiguration preset = RunPresets.Create(Preset);
        preset = FromScratch ? preset : preset.SizedAs(@base);
        TrainingOptions training = preset.Training with
        {
            Seed = Seed,

            // Two thirds of a caption's places are END behind its end; the words are what is to be learnt.
            MaskPadding = true,
        };
        if (Preset == RunPreset.Demo)
        {
            // Many clips a few times teach more than few clips often, and drawing them costs less than training on
            // them. A model that knows the motions already has time for the words at once; another first learns to tell
            // motions apart, and at the paper's 0.1 so short a run would lose them again.
            training = training with
            {
                Epochs = FromScratch ? 8 : 2,
                BatchSize = 16,
                Lambda = FromScratch
                    ? new LossSchedule
                    {
                        Start = 1,
                        End = 0.5,
                        FromEpoch = 3,
                        Length = 3,
                    }
                    : LossSchedule.Constant(0.2),
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

        if (Clips < DemoWorld.Categories.Count * 4)
        {
            faults.Add(
                $"{DemoWorld.Categories.Count} categories need at least {DemoWorld.Categories.Count * 4} clips, not "
                    + $"{Clips}"
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
