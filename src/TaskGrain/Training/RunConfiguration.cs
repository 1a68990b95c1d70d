using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Training;

/// <summary>
/// Every choice of a training run but its data and its folder. Made from a preset, a JSON file and single values
/// (<see cref="ConfigurationLayers"/>); written beside every result and into every model file.
/// </summary>
public sealed record RunConfiguration
{
    /// <summary>The preset it began with.</summary>
    public RunPreset Preset { get; init; } = RunPreset.Paper;

    /// <summary>The grain of language to train on.</summary>
    public Granularity Granularity { get; init; } = Granularity.ActionCategories;

    /// <summary>Sizes of the networks.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>Length and crop of a clip.</summary>
    public ClipSamplerOptions Clip { get; init; } = new();

    /// <summary>Factor of every pixel value.</summary>
    public double PixelScale { get; init; } = 1.0 / 64;

    /// <summary>How captions are made from annotations.</summary>
    public CaptionOptions Captions { get; init; } = new();

    /// <summary>Optimisation.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>What it computes on.</summary>
    public MachineOptions Machine { get; init; } = new();

    /// <summary>λ over the run, every value set.</summary>
    /// <returns>The schedule.</returns>
    public LossSchedule Lambda()
    {
        LossSchedule chosen =
            Training.Lambda ?? (Granularity.IsCaption() ? new LossSchedule() : LossSchedule.Constant(1));
        return chosen.For(Training.Epochs);
    }

    /// <summary>The same configuration with every value set that depends on others.</summary>
    /// <returns>The effective configuration.</returns>
    public RunConfiguration Resolve() => this with { Training = Training with { Lambda = Lambda() } };

    /// <summary>How videos are brought into the encoder's form.</summary>
    /// <param name="frames">Size and rate of the store's frames.</param>
    /// <returns>The preprocessing.</returns>
    public Preprocessing Preprocessing(FrameFormat frames) =>
        new()
        {
            Frames = frames,
            Clip = Clip,
            PixelScale = PixelScale,
        };

    /// <summary>The same configuration with the sizes of a model to start from.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The configuration: the model's encoder and clips, and its decoder's sizes where it has one.</returns>
    public RunConfiguration SizedAs(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return this with
        {
            Clip = model.Preprocessing.Clip with { Flip = Clip.Flip },
            PixelScale = model.Preprocessing.PixelScale,
            Model = Model with
            {
                Architecture = model.Encoder.Architecture,
                LstmHidden = model.Encoder.LstmHidden,
                LstmLayers = model.Encoder.LstmLayers,
                FeatureSize = model.Encoder.FeatureSize,
                FinalPool = model.Encoder.FinalPool,
                Pooling = model.Classifier ?? Model.Pooling,
                Embedding = model.Decoder?.Embedding ?? Model.Embedding,
                DecoderHidden = model.Decoder?.Hidden ?? Model.DecoderHidden,
                DecoderLayers = model.Decoder?.Layers ?? Model.DecoderLayers,
            },
        };
    }

    /// <summary>Checks every value and that they fit together and to the store.</summary>
    /// <param name="frames">Size and rate of the store's frames; null to leave the store out.</param>
    /// <exception cref="TaskGrainException">Lists all faults.</exception>
    public void Validate(FrameFormat? frames = null)
    {
        List<string> faults = [.. Training.Faults()];
        Collect(faults, Clip.Validate);
        Collect(faults, Captions.Validate);
        Collect(faults, Model.Encoder(Clip.CropSize).Validate);
        Collect(faults, Model.Decoder(words: 3).Validate);
        if (!(PixelScale > 0 && double.IsFinite(PixelScale)))
        {
            faults.Add($"pixelScale is {PixelScale}; it must be above 0");
        }

        if (!Granularity.IsCaption() && Lambda() is { } lambda && (lambda.Start < 1 || lambda.Final < 1))
        {
            faults.Add(
                $"lambda is {lambda}, but {Granularity.Name()} has no captions to weigh against; use 1, or a "
                    + $"caption granularity"
            );
        }

        if (Model.CaptionLength < 1)
        {
            faults.Add($"model.captionLength is {Model.CaptionLength}; it must be at least 1");
        }

        if (Machine.Threads < 0)
        {
            faults.Add($"machine.threads is {Machine.Threads}; it must be at least 0");
        }

        if (frames is not null && (Clip.CropSize > frames.Width || Clip.CropSize > frames.Height))
        {
            faults.Add(
                $"a crop of {Clip.CropSize}×{Clip.CropSize} pixels (clip.cropSize) does not fit into the store's "
                    + $"frames of {frames.Width}×{frames.Height}; "
                    + "pack the data set with larger frames, or choose a smaller crop with its model.finalPool "
                    + "(crop/8 - 6)"
            );
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException(
                $"The run's configuration has {(faults.Count == 1 ? "a fault" : $"{faults.Count} faults")}: "
                    + $"{string.Join("; ", faults.Select(fault => fault.TrimEnd('.')))}."
            );
        }
    }

    private static void Collect(List<string> faults, Action validate)
    {
        try
        {
            validate();
        }
        catch (TaskGrainException fault)
        {
            faults.Add(fault.Message);
        }
    }
}
