using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Inference.Features;
using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Reproduction;

/// <summary>Makes the runs of a plan, one at a time, in a folder.</summary>
/// <param name="folder">Receives measurements and models.</param>
/// <param name="plan">The plan.</param>
/// <param name="machine">Device, precision and threads, as settings over the size's own.</param>
/// <param name="progress">Told how far long work is; null for nobody.</param>
internal sealed class RunMaker(
    MeasurementFolder folder,
    ReproductionPlan plan,
    IReadOnlyList<string> machine,
    IProgress<WorkProgress>? progress
)
{
    private readonly SizeRecipe _recipe = SizeRecipe.Of(plan.Options.Size);
    private readonly ReproductionData _data = new(folder, plan.Options, progress);

    /// <summary>The configuration of models, before a run sets its task, architecture and seed.</summary>
    public RunConfiguration Configuration => Workspace(ReproductionPlan.Equal(_recipe), null).Configuration;

    /// <summary>Where measurements are made.</summary>
    public ComputeSite Site =>
        ComputeSite.Here(ComputeDevice.Parse(Configuration.Machine.Device), Configuration.Machine.Precision);

    /// <summary>Makes the data that the runs that are left share, before they start.</summary>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>Clips that a training run sees in all its epochs; 0 when no model is left to train.</returns>
    public long PrepareData(CancellationToken cancel)
    {
        PlannedRun[] left = [.. plan.Runs.Where(run => !folder.Has(run.Id))];
        foreach (
            string target in left.OfType<TransferRun>()
                .Where(run => run.Named is null)
                .Select(run => run.Target)
                .Distinct()
        )
        {
            _data.Target(target, RunPresets.Frames(_recipe.Preset), cancel);
        }

        if (!left.OfType<TrainingRun>().Any())
        {
            return 0;
        }

        using LabelledStore store = LabelledStore.Open(_data.Source(cancel).Store);
        return (long)store.DataSet.Of(Split.Train).Count() * Configuration.Training.Epochs;
    }

    /// <summary>Whether this machine has what a run needs.</summary>
    /// <param name="run">The run.</param>
    /// <returns>False for a source whose weights are not here.</returns>
    public static bool CanMake(PlannedRun run) =>
        run is not (FrameBaselineRun or TransferRun { Named: ImageNetResNet18.Name })
        || ImageNetResNet18.Find() is not null;

    /// <summary>Makes a run and keeps its measurement.</summary>
    /// <param name="run">The run; the one it needs has been made.</param>
    /// <param name="cancel">Stops soon; a training goes on from its last checkpoint when it is made again.</param>
    /// <returns>The measurement.</returns>
    public Measurement Make(PlannedRun run, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(run);
        long started = Stopwatch.GetTimestamp();
        Measurement measured = run switch
        {
            TrainingRun training => Train(training, cancel),
            TransferRun transfer => Transfer(transfer, cancel),
            FrameBaselineRun frames => Frames(frames, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(run), run, "no such run"),
        };
        measured = measured with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
        folder.Write(measured);
        return measured;
    }

    private Measurement Train(TrainingRun run, CancellationToken cancel)
    {
        (string store, string hash) = _data.Source(cancel);
        StudyWorkspace workspace = Workspace(run.Architecture, store);
        TrainingResult trained = workspace.Train(run.Task, run.Seed, cancel);
        RunConfiguration configuration = workspace.Configuration;
        Device device = ComputeDevice.Parse(configuration.Machine.Device);
        using VideoModel model = ModelFile.Load(trained.BestModel, device, configuration.Machine.Precision);
        using LabelledStore clips = LabelledStore.Open(store);

        // The official test split has no labels.
        Split measured = clips.DataSet.Of(Split.Test).Any(clip => clip.Category >= 0) ? Split.Test : Split.Validation;
        EvaluationReport report = Evaluator.Run(
            model,
            clips,
            new EvaluationOptions
            {
                Split = measured,
                LinearProbe = Granularity.ActionCategories,
                NearestNeighbours = false,
                BatchSize = configuration.Training.BatchSize,
            },
            progress,
            cancel
        );
        if (plan.Runs.Any(other => other.Needs == run.Id))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.Model(run.Id))!);
            ModelFile.Save(folder.Model(run.Id), model, ScalarType.BFloat16);
        }

        return Start(run, hash) with
        {
            TrainingSeconds = trained.Seconds,
            TrainingSteps = (long)trained.TrainingClips * trained.Epochs,
            Split = measured,
            Accuracies = report.Accuracies,
            Captions = report.Captions,
        };
    }

    private Measurement Transfer(TransferRun run, CancellationToken cancel)
    {
        RunConfiguration configuration = Configuration;
        Device device = ComputeDevice.Parse(configuration.Machine.Device);
        using IFeatureSource source = Open(run, configuration, device);
        (string store, string hash) = _data.Target(run.Target, source.Info.Frames, cancel);
        using TransferTarget target = TransferTarget.Open(store);

        // A source that is not trained here is the same for every seed: its features are extracted once.
        string features = Path.Combine(folder.Work, "features", run.Target, run.Model?.Id ?? run.Named ?? run.Id);
        // Two runs that share a source's features do not extract them twice at the same time.
        using (FolderLock.Wait(features + ".extraction", "feature store", cancel))
        {
            FeatureExtraction.Run(
                source,
                target,
                features,
                new HashSet<Split> { Split.Train, Split.Test },
                FeatureType.Float32,
                progress,
                cancel
            );
        }

        using FeatureStore vectors = FeatureStore.Open(features);
        TransferResults results = TransferBenchmark.Run(
            run.Target,
            target.Classes,
            [new TransferSource(run.Source, vectors)],
            new TransferOptions
            {
                Seed = (ulong)run.Seed,
                Runs = _recipe.Draws,
                Threads = configuration.Machine.Threads,
                Shots = [new(1), new(5), ShotCount.Full],
            },
            Path.Combine(folder.Work, "transfer", run.Id),
            progress,
            cancel,
            target.Clips
        );
        return Start(run, hash) with { Transfers = results.Rows };
    }

    private Measurement Frames(FrameBaselineRun run, CancellationToken cancel)
    {
        BaselineSeed measured = BaselineStudy.RunSeed(_data.FrameBaselines(machine), run.Seed, progress, cancel);
        folder.RequireData(ReproductionData.FrameClips, measured.Data);
        return Start(run, measured.Data) with { FrameBaselines = measured };
    }

    private IFeatureSource Open(TransferRun run, RunConfiguration configuration, Device device)
    {
        if (run.Model is { } model)
        {
            return FeatureSources.Open(folder.Model(model.Id), device, configuration.Machine.Precision);
        }

        return run.Named is { } named
            ? FeatureSources.Open(named, device, configuration.Machine.Precision)
            : EncoderFeatureSource.Untrained(
                configuration.Model.Encoder(configuration.Clip.CropSize),
                configuration.Preprocessing(RunPresets.Frames(_recipe.Preset)),
                (ulong)run.Seed,
                device
            );
    }

    private Measurement Start(PlannedRun run, string hash) =>
        new()
        {
            Id = run.Id,
            Seed = run.Seed,
            Site = Site,
            Program = StudyOrigin.ThisProgram,
            Finished = DateTime.UtcNow,
            Seconds = 0,
            Data = hash,
        };

    private StudyWorkspace Workspace(PaperArchitecture architecture, string? store)
    {
        EncoderArchitecture ours = architecture.Ours;
        var options = new StudyOptions
        {
            Folder = folder.Work,
            Store = store,
            Preset = _recipe.Preset,
            Settings = [.. _recipe.Settings, .. plan.Options.Settings, .. machine],
        };
        return new StudyWorkspace(options, progress).Variant(
            $"m{ours.Features3D}-{ours.Features2D}",
            $"model.architecture={ours}"
        );
    }
}
