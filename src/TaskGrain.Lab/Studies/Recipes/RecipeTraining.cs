using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>
/// Trains the study's models: starting models on plain generated clips, and each recipe from there, for the same number
/// of steps on the same actions.
/// </summary>
internal sealed class RecipeTraining(RecipeOptions options, RecipeFolder folder, IProgress<WorkProgress>? progress)
{
    /// <summary>Frames a second of the drawn clips, every one of which is used; those of the shipped model.</summary>
    public const int FramesPerSecond = 4;

    /// <summary>A part for the trainer to look at; models are those of the last step and not chosen on it.</summary>
    private const double ValidationShare = 0.02;

    /// <summary>Generator seed of the plain clips that all models are tested on.</summary>
    private const ulong PlainSeed = 99;

    private const string Plain = "plain";

    private static readonly string[] Both = ["clip.frameStride=1", "training.batchSize=64"];

    private static readonly string[] First =
    [
        "training.epochs=6",
        "training.learningRate=0.001",
        "training.schedule.warmUpSteps=200",
    ];

    private static readonly string[] Further =
    [
        "training.epochs=2",
        "training.learningRate=0.0006",
        "training.schedule.warmUpSteps=90",
    ];

    private readonly int _threads = Layers(options, First).Build().Machine.Threads;

    /// <summary>The configuration of the starting models.</summary>
    /// <param name="options">The study's.</param>
    public static RunConfiguration FirstPart(RecipeOptions options) => Layers(options, First).Build();

    /// <summary>The configuration with which recipes go on.</summary>
    /// <param name="options">The study's.</param>
    public static RunConfiguration FurtherPart(RecipeOptions options) => Layers(options, Further).Build();

    /// <summary>Trains a model; goes on where it was stopped.</summary>
    /// <param name="run">A starting model, or a recipe whose starting model is there.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <returns>The model, the caller's to dispose, and the seconds of its training.</returns>
    public (VideoModel Model, double Seconds) Train(RecipeRun run, CancellationToken cancel)
    {
        string work = folder.Work(run.Id);
        string store = Path.Combine(work, "clips");
        var clips = new SynthesisOptions
        {
            Clips = options.Clips,
            Seed = (100 * (ulong)run.Seed) + (run.Recipe is null ? 1UL : 2UL),
            Categories = options.Categories,
            ValidationShare = ValidationShare,
            TestShare = 0,
            Variation = run.Recipe ?? DomainRandomisation.None,
            Threads = _threads,
        };
        SyntheticSet.WriteStore(clips, store, Frames, FrameCompression.Raw, progress, cancel);
        TrainingResult trained = Trainer.Run(
            new TrainingRequest
            {
                Out = Path.Combine(work, "training"),
                Store = store,
                Configuration = Layers(options, run.Recipe is null ? First : Further)
                    .With("training.seed", (ulong)run.Seed, "the study"),
                From = run.Needs is { } start ? folder.Model(start) : null,
                Resume = true,
            },
            new TrainingObserver { Progress = progress },
            cancel
        );
        MachineOptions machine = FirstPart(options).Machine;
        VideoModel model = ModelFile.Load(trained.LastModel, ComputeDevice.Parse(machine.Device), machine.Precision);
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Model(run.Id))!);
        model.Save(folder.Model(run.Id));
        return (model, trained.Seconds);
    }

    /// <summary>How many plain generated clips, of another seed than any trained on, a model tells rightly.</summary>
    /// <param name="model">One of the study's models.</param>
    /// <param name="cancel">Stops between two clips.</param>
    public AccuracyRow MeasurePlain(VideoModel model, CancellationToken cancel)
    {
        string store = folder.Work(Plain);
        using (folder.Wait(Plain, cancel))
        {
            var clips = new SynthesisOptions
            {
                Clips = Math.Max(options.Clips / 10, 2 * options.Categories.Count),
                Seed = PlainSeed,
                Categories = options.Categories,
                ValidationShare = 0.9,
                TestShare = 0,
                Threads = _threads,
            };
            SyntheticSet.WriteStore(clips, store, Frames, FrameCompression.Raw, progress, cancel);
        }

        using LabelledStore opened = LabelledStore.Open(store);
        EvaluationReport report = Evaluator.Run(
            model,
            opened,
            new EvaluationOptions
            {
                Split = Split.Validation,
                NearestNeighbours = false,
                BatchSize = 64,
            },
            progress,
            cancel
        );
        return report.Accuracy(AccuracyMethod.Classifier, Granularity.ActionCategories)!;
    }

    /// <summary>Deletes the clips that runs share, when all are done.</summary>
    /// <param name="cancel">Ends the waiting for another process that does the same.</param>
    public void CleanUp(CancellationToken cancel)
    {
        using (folder.Wait(Plain, cancel))
        {
            folder.DeleteWork(Plain);
        }
    }

    private FrameFormat Frames => RunPresets.Frames(options.Preset) with { FramesPerSecond = FramesPerSecond };

    private static ConfigurationLayers Layers(RecipeOptions options, IReadOnlyList<string> part)
    {
        ConfigurationLayers layers = new ConfigurationLayers()
            .WithPreset(options.Preset)
            .With("granularity", Granularity.ActionCategories.Name(), "the study");
        foreach (string setting in (string[])[.. Both, .. part, .. options.Settings, .. options.Machine])
        {
            layers.WithSetting(setting);
        }

        return layers;
    }
}
