using TaskGrain.Inference.Features;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Lab.Baselines;

/// <summary>
/// The paper's frame baselines (Section 5.2, Tables 3 and 4): what is learned on the frozen features of single frames,
/// beside the two-channel encoder. Goes on where it was stopped.
/// </summary>
internal static class BaselineStudy
{
    private const string FeaturesFolder = "features";

    /// <summary>Whether a folder holds a comparison that was begun.</summary>
    public static bool Begun(string folder) => Directory.Exists(Path.Combine(folder, FeaturesFolder));

    /// <summary>Extracts, trains and measures what is missing.</summary>
    /// <param name="options">What to compare.</param>
    /// <param name="progress">Told how far long work is.</param>
    /// <param name="notes">Told what a person should know.</param>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="TaskGrainException">
    /// A source, a model or the data set cannot be used, or the folder is in use.
    /// </exception>
    public static BaselineReport Run(
        BaselineStudyOptions options,
        IProgress<WorkProgress>? progress,
        IProgress<string>? notes,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireFiles(options);
        using FolderLock own = FolderLock.Take(options.Study.Folder, "comparison of baselines");
        RunConfiguration configuration = new StudyWorkspace(options.Study).Configuration;
        using BaselineData data = BaselineData.Open(options, progress, cancel);
        CaptionTask? captions = CaptionTask.Of(data.Annotations, options.Captions, configuration);
        var sources = new List<BaselineSource>();
        var runs = new List<BaselineRun>();
        var remarks = new List<string>();
        (int training, int measured) = (0, 0);
        foreach (SourceChoice choice in options.Sources)
        {
            string folder = Features(choice, options, configuration, data, remarks, progress, cancel);
            using FeatureStore store = FeatureStore.Open(folder);
            sources.Add(Told(choice, store));
            var runner = new BaselineRunner(choice.Name, store, data.Annotations, captions, options, configuration);
            (training, measured) = (runner.TrainingClips, runner.MeasuredClips);
            runs.AddRange(Runs(runner, captions is not null, options, progress, notes, cancel));
        }

        IReadOnlyList<BaselineModel> models = new BaselineModels(options, data, configuration, progress, notes).Measure(
            cancel
        );
        if (captions is null)
        {
            remarks.Add("No training clip has a caption, so there is no Table 4.");
        }

        return new BaselineReport
        {
            Data = data.Annotations.Name,
            Classes = data.Annotations.Taxonomy.Categories.Count,
            TrainingClips = training,
            Clips = measured,
            Split = options.Split,
            CaptionGrain = options.Captions,
            Sources = sources,
            Training = options.Training,
            Runs = runs,
            Models = models,
            Accuracies = BaselineSummary.Accuracies(runs, models, options.Training),
            Captions = captions is null ? [] : BaselineSummary.Captions(runs, models, options.Training),
            Differences = BaselineSummary.Differences(runs),
            Notes = remarks,
        };
    }

    /// <summary>
    /// Every method once, with one seed, and nothing beside; processes may share the folder, and work on other seeds.
    /// </summary>
    /// <param name="options">What to compare.</param>
    /// <param name="seed">The run, from 1.</param>
    /// <param name="progress">Told how far long work is; null for nobody.</param>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="TaskGrainException">A source or the data set cannot be used.</exception>
    public static BaselineSeed RunSeed(
        BaselineStudyOptions options,
        int seed,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireFiles(options);
        RunConfiguration configuration = new StudyWorkspace(options.Study).Configuration;
        using BaselineData data = BaselineData.Open(options, progress, cancel);
        CaptionTask? captions = CaptionTask.Of(data.Annotations, options.Captions, configuration);
        var sources = new List<BaselineSource>();
        var runs = new List<BaselineRun>();
        int training = 0;
        foreach (SourceChoice choice in options.Sources)
        {
            string folder;
            using (FolderLock.Wait(Path.Combine(options.Study.Folder, "extraction"), "feature store", cancel))
            {
                folder = Features(choice, options, configuration, data, [], progress, cancel);
            }

            using FeatureStore store = FeatureStore.Open(folder);
            sources.Add(Told(choice, store));
            var runner = new BaselineRunner(choice.Name, store, data.Annotations, captions, options, configuration);
            training = runner.TrainingClips;
            runs.AddRange(
                Methods(options, captions is not null).Select(method => runner.Run(method, seed, progress, cancel))
            );
        }

        return new BaselineSeed
        {
            Data = data.Hash(cancel),
            Classes = data.Annotations.Taxonomy.Categories.Count,
            Split = options.Split,
            CaptionGrain = options.Captions,
            TrainingClips = training,
            Sources = sources,
            Training = options.Training,
            Runs = runs,
        };
    }

    private static BaselineSource Told(SourceChoice choice, FeatureStore store) =>
        new(choice.Name, store.Source.Description, store.Source.Identity);

    private static BaselineMethod[] Methods(BaselineStudyOptions options, bool captions) =>
        [
            .. BaselineMethods
                .All.Where(options.Methods.Contains)
                .Where(method => captions || method != BaselineMethod.Captioner),
        ];

    // Seed by seed, so that a comparison that is stopped early has whole pairs.
    private static IEnumerable<BaselineRun> Runs(
        BaselineRunner runner,
        bool captions,
        BaselineStudyOptions options,
        IProgress<WorkProgress>? progress,
        IProgress<string>? notes,
        CancellationToken cancel
    )
    {
        BaselineMethod[] methods = Methods(options, captions);
        var runs = new List<BaselineRun>();
        for (int seed = 1; seed <= options.Seeds; seed++)
        {
            foreach (BaselineMethod method in methods)
            {
                BaselineRun run = runner.Run(method, seed, progress, cancel);
                notes?.Report(BaselineText.Line(run));
                runs.Add(run);
            }
        }

        return runs.OrderBy(run => run.Method).ThenBy(run => run.Seed);
    }

    private static string Features(
        SourceChoice choice,
        BaselineStudyOptions options,
        RunConfiguration configuration,
        BaselineData data,
        List<string> remarks,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        if (FeatureStore.Exists(choice.Path!))
        {
            return choice.Path!;
        }

        string folder = Path.Combine(options.Study.Folder, FeaturesFolder, TransferStudy.FolderName(choice.Name));
        using IFeatureSource source = FeatureSources.Open(
            choice.Path!,
            ComputeDevice.Parse(configuration.Machine.Device),
            configuration.Machine.Precision,
            new FeatureOptions { VectorsPerSecond = options.Training.FramesPerSecond }
        );
        ExtractionReport report = FeatureExtraction.Run(
            source,
            data.Target,
            folder,
            new HashSet<Split> { Split.Train, Split.Validation, options.Split },
            FeatureType.Float16,
            progress,
            cancel
        );
        remarks.AddRange(report.Faults.Select(fault => $"{choice.Name}: clip {fault.Id} is left out: {fault.Reason}"));
        return folder;
    }

    // Before the first extraction, which may take long.
    private static void RequireFiles(BaselineStudyOptions options)
    {
        string[] missing =
        [
            .. options
                .Sources.Where(source => !FeatureSources.Exists(source.Path!) && !FeatureStore.Exists(source.Path!))
                .Select(source => $"{source.Path} ({source.Name})"),
            .. options.Models.Where(model => !File.Exists(model.Path)).Select(model => $"{model.Path} ({model.Name})"),
        ];
        if (missing.Length > 0)
        {
            throw new TaskGrainException(
                $"no source's name, network file, feature store or model file: {string.Join(", ", missing)}."
            );
        }

        foreach ((string _, string path) in options.Models)
        {
            ModelFile.LoadDescription(path);
        }
    }
}
