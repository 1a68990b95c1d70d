using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TorchSharp;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// The folder that studies work in. Each thing in it is made when it is first asked for, finished when it was
/// interrupted, and used again when it is there: sets, models, measurements.
/// </summary>
/// <param name="options">What the studies are made with.</param>
/// <param name="progress">Told how far long work is; null for nobody.</param>
/// <param name="notes">Told what was finished; null for nobody.</param>
internal sealed class StudyWorkspace(
    StudyOptions options,
    IProgress<WorkProgress>? progress = null,
    IProgress<string>? notes = null
)
{
    private readonly HashSet<string> _complete = new(StringComparer.Ordinal);

    /// <summary>What the studies are made with.</summary>
    public StudyOptions Options { get; } = options;

    /// <summary>Told how far long work is.</summary>
    public IProgress<WorkProgress>? Progress { get; } = progress;

    /// <summary>The configuration of the models, before a task sets its grain and λ.</summary>
    public RunConfiguration Configuration => Layers().Build();

    /// <summary>The source set's store, generated when it is not there and none was given.</summary>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>The store's folder.</returns>
    public string SourceStore(CancellationToken cancel) => Options.Store ?? Store("something", SourceClips, cancel);

    /// <summary>The clips of the generated source set.</summary>
    public SynthesisOptions SourceClips =>
        new()
        {
            Clips = Options.Clips,
            Seed = Options.Seed,
            Categories = Options.Categories,
            ValidationShare = Options.ValidationShare,
            TestShare = Options.TestShare,
        };

    /// <summary>The transfer set's store (the paper's 13 classes), generated when it is not there.</summary>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>The store's folder.</returns>
    public string KitchenwareStore(CancellationToken cancel) => Store("kitchenware", KitchenwareClips, cancel);

    /// <summary>The clips of the transfer set.</summary>
    public SynthesisOptions KitchenwareClips =>
        SynthesisOptions.PaperKitchenware with
        {
            Clips = Options.TargetClips,
            Seed = Options.Seed,
            ValidationShare = 0,
            TestShare = Options.TargetTestShare,
        };

    /// <summary>
    /// The same sets, but models of their own, trained with more settings: for studies that compare settings.
    /// </summary>
    /// <param name="name">Short, for the models' folders.</param>
    /// <param name="settings">Values over those of the options, such as <c>machine.precision=float32</c>.</param>
    /// <returns>The workspace.</returns>
    public StudyWorkspace Variant(string name, params string[] settings) =>
        new(Options with { Settings = [.. Options.Settings, .. settings] }, Progress, notes) { Suffix = $"-{name}" };

    /// <summary>A model trained on a task, trained now when it is not there.</summary>
    /// <param name="task">The task.</param>
    /// <param name="repeat">Which run of it, from 1: the training seed.</param>
    /// <param name="cancel">Stops the work; the next call goes on from the last checkpoint.</param>
    /// <returns>How the training ended; the model is that of the best validation.</returns>
    /// <exception cref="TaskGrainException">
    /// The model that is there was trained with other settings or on other clips.
    /// </exception>
    public TrainingResult Train(SourceTask task, int repeat, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(task);
        string store = SourceStore(cancel);
        string folder = ModelFolder(task, repeat);
        ConfigurationLayers layers = Layers()
            .With("granularity", task.Granularity.Name(), "the study")
            .With("training.seed", (ulong)repeat, "the study");
        if (task.Lambda is { } lambda)
        {
            layers.WithLambda(lambda, "the study");
        }

        if (task.Epochs is { } epochs)
        {
            layers.With("training.epochs", epochs, "the study");
        }

        string finished = Path.Combine(folder, "study-result.json");
        if (File.Exists(finished))
        {
            FinishedRun.RequireSame(folder, layers, store);
            // The folder may have been moved, or copied to another machine, since.
            return JsonFile.Read<TrainingResult>(finished, "the result of a training") with
            {
                BestModel = Path.Combine(folder, CheckpointStore.BestName),
                LastModel = Path.Combine(folder, CheckpointStore.LastName),
            };
        }

        string? from = task.Continues is { } earlier ? Train(earlier, repeat, cancel).BestModel : null;
        var request = new TrainingRequest
        {
            Out = folder,
            Store = store,
            Configuration = layers,
            From = from,
            Resume = true,
        };
        TrainingResult result = Trainer.Run(request, new TrainingObserver { Progress = Progress }, cancel);
        JsonFile.Write(finished, result);
        notes?.Report($"{task.Title}, run {repeat}: {result}");
        return result;
    }

    /// <summary>What a task's model can do on the test split, measured now when it is not known.</summary>
    /// <param name="task">The task.</param>
    /// <param name="repeat">Which run of it, from 1.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The measurement.</returns>
    public StudyMeasurement Measure(SourceTask task, int repeat, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(task);
        TrainingResult trained = Train(task, repeat, cancel);
        string known = Path.Combine(ModelFolder(task, repeat), "study-measurement.json");
        if (JsonFile.ReadKnown<StudyMeasurement>(known) is { } measured)
        {
            return measured;
        }

        torch.Device device = ComputeDevice.Parse(Configuration.Machine.Device);
        using VideoModel model = ModelFile.Load(trained.BestModel, device, Configuration.Machine.Precision);
        using LabelledStore store = LabelledStore.Open(SourceStore(cancel));
        EvaluationReport report = Evaluator.Run(
            model,
            store,
            new EvaluationOptions { Split = Split.Test, LinearProbe = Granularity.ActionCategories },
            Progress,
            cancel
        );
        EvaluationFiles.Write(report, Path.Combine(ModelFolder(task, repeat), "evaluation"));
        StudyMeasurement measurement = StudyMeasurement.Of(report, trained);
        JsonFile.Write(known, measurement);
        return measurement;
    }

    private string Suffix { get; init; } = "";

    private ConfigurationLayers Layers()
    {
        ConfigurationLayers layers = new ConfigurationLayers().WithPreset(Options.Preset);
        foreach (string setting in Options.Settings)
        {
            layers.WithSetting(setting);
        }

        return layers;
    }

    private string ModelFolder(SourceTask task, int repeat) =>
        Path.Combine(Options.Folder, "models", $"{task.Name}{Suffix}-{repeat}");

    private string Store(string name, SynthesisOptions synthesis, CancellationToken cancel)
    {
        string folder = Path.Combine(Options.Folder, name);
        if (!_complete.Contains(name))
        {
            SyntheticSet.WriteStore(
                synthesis,
                folder,
                RunPresets.Frames(Options.Preset),
                compression: null,
                Progress,
                cancel
            );
            _complete.Add(name);
        }

        return folder;
    }
}
