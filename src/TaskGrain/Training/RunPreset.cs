using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Training;

/// <summary>Ready-made sizes of a run.</summary>
public enum RunPreset
{
    /// <summary>Seconds: for tests.</summary>
    Micro,

    /// <summary>A few minutes on two cores, for some hundred clips.</summary>
    Demo,

    /// <summary>About twenty minutes a run on two cores, for some thousand clips.</summary>
    Study,

    /// <summary>The paper's own sizes.</summary>
    Paper,
}

/// <summary>What the presets stand for.</summary>
public static class RunPresets
{
    /// <summary>Reads a preset's name.</summary>
    /// <param name="name"><c>micro</c>, <c>demo</c>, <c>study</c> or <c>paper</c>; case does not matter.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="TaskGrainException">There is none of that name.</exception>
    public static RunPreset Parse(string name)
    {
        foreach (RunPreset preset in Enum.GetValues<RunPreset>())
        {
            if (preset.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return preset;
            }
        }

        throw new TaskGrainException($"there is no preset '{name}'; there are micro, demo, study and paper.");
    }

    /// <summary>The frames that a preset's crop was chosen for; pack a data set with these.</summary>
    /// <param name="preset">The preset.</param>
    /// <returns>Size and rate.</returns>
    public static FrameFormat Frames(RunPreset preset) =>
        preset switch
        {
            RunPreset.Micro => new FrameFormat(64, 64, 12),
            RunPreset.Demo or RunPreset.Study => new FrameFormat(84, 84, 12),
            RunPreset.Paper => FrameFormat.Paper,
            _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "micro, demo, study or paper"),
        };

    /// <summary>A preset's configuration.</summary>
    /// <param name="preset">The preset.</param>
    /// <returns>The configuration.</returns>
    public static RunConfiguration Create(RunPreset preset) =>
        preset switch
        {
            RunPreset.Micro => new RunConfiguration
            {
                Preset = preset,
                Model = new ModelOptions
                {
                    Architecture = new EncoderArchitecture(16, 16),
                    LstmHidden = 16,
                    FeatureSize = 32,
                    Dropout = 0.1,
                    FinalPool = 1,
                    Embedding = 16,
                    DecoderHidden = 48,
                    DecoderLayers = 1,
                },
                Clip = new ClipSamplerOptions
                {
                    Frames = 8,
                    FrameStride = 2,
                    CropSize = 56,
                },
                Captions = new CaptionOptions { RareCount = 0 },
                Training = new TrainingOptions
                {
                    Epochs = 5,
                    BatchSize = 4,
                    LearningRate = 0.003,
                    Schedule = new LearningRateSchedule { Rule = LearningRateRule.Constant },
                    LoaderThreads = 1,
                },

                // Its steps are too small to share: threads would only wait for each other.
                Machine = new MachineOptions { Threads = 1 },
            },
            RunPreset.Demo => new RunConfiguration
            {
                Preset = preset,
                Model = Small(new EncoderArchitecture(64, 64)),
                Clip = new ClipSamplerOptions
                {
                    Frames = 16,
                    FrameStride = 3,
                    CropSize = 64,
                },
                Captions = new CaptionOptions { RareCount = 1 },
                Training = new TrainingOptions
                {
                    Epochs = 24,
                    BatchSize = 8,

                    // On batches this small the paper's 0.001 leaves the loss at chance for several epochs more (12
                    // categories, 1,494 clips: validation top-1 10% after two epochs, where 0.0003 has 20%).
                    LearningRate = 0.0005,
                    ClipGradients = 5,
                    Schedule = new LearningRateSchedule
                    {
                        Rule = LearningRateRule.Cosine,
                        WarmUpSteps = 20,
                        Minimum = 1e-5,
                    },
                },
            },
            RunPreset.Study => new RunConfiguration
            {
                Preset = preset,
                Model = Small(new EncoderArchitecture(64, 64)),
                Clip = new ClipSamplerOptions
                {
                    Frames = 16,
                    FrameStride = 3,
                    CropSize = 64,
                },
                Captions = new CaptionOptions { RareCount = 2 },
                Training = new TrainingOptions
                {
                    Epochs = 24,
                    // Batches of 16 leave the loss at chance for a thousand steps and more, in one run of three until
                    // λ has fallen and little is left to learn by; of 64, for some two hundred.
                    BatchSize = 64,
                    LearningRate = 0.001,
                    ClipGradients = 5,
                    Schedule = new LearningRateSchedule
                    {
                        Rule = LearningRateRule.Cosine,
                        WarmUpSteps = 200,
                        Minimum = 1e-5,
                    },
                },
            },
            RunPreset.Paper => new RunConfiguration
            {
                Preset = preset,
                Training = new TrainingOptions { StopPatience = 10 },
            },
            _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "micro, demo, study or paper"),
        };

    private static ModelOptions Small(EncoderArchitecture architecture) =>
        new()
        {
            Architecture = architecture,
            LstmHidden = 128,
            FeatureSize = 256,
            Dropout = 0.1,
            FinalPool = 2,
            Embedding = 128,
            DecoderHidden = 256,
        };
}
