using TaskGrain.Runtime.Storage;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Baselines;

/// <summary>
/// The paper's frame baselines (Section 5.2, Tables 3 and 4): what is learned on the frozen features of single frames,
/// beside the two-channel encoder. Goes on where it was stopped.
/// </summary>
internal static class BaselineStudy
{
    /// <summary>Whether a folder holds a comparison that was begun.</summary>
    public static bool Begun(string folder) => Directory.Exists(Path.Combine(folder, BaselineSession.FeaturesFolder));

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
        BaselineSession.Require(options); // Nothing is left of options that cannot be.
        using FolderLock own = FolderLock.Take(options.Study.Folder, "comparison of baselines");
        using var session = BaselineSession.Open(options, progress, cancel);
        var sources = new List<BaselineSource>();
        var runs = new List<BaselineRun>();
        var remarks = new List<string>();
        (int training, int measured) = (0, 0);
        foreach (SourceChoice choice in options.Sources)
        {
            using BaselineOnSource source = session.On(choice, remarks, progress, cancel);
            sources.Add(source.Told);
            BaselineRunner runner = source.Runner;
            (training, measured) = (runner.TrainingClips, runner.MeasuredClips);
            runs.AddRange(Runs(runner, session.Methods, options.Seeds, progress, notes, cancel));
        }

        IReadOnlyList<BaselineModel> models = new BaselineModels(
            options,
            session.Data,
            session.Configuration,
            progress,
            notes
        ).Measure(cancel);
        if (session.Captions is null)
        {
            remarks.Add("No training clip has a caption, so there is no Table 4.");
        }

        return new BaselineReport
        {
            Data = session.Data.Annotations.Name,
            Classes = session.Data.Annotations.Taxonomy.Categories.Count,
            TrainingClips = training,
            Clips = measured,
            Split = options.Split,
            CaptionGrain = options.Captions,
            Sources = sources,
            Training = options.Training,
            Runs = runs,
            Models = models,
            Accuracies = BaselineSummary.Accuracies(runs, models, options.Training),
            Captions = session.Captions is null ? [] : BaselineSummary.Captions(runs, models, options.Training),
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
        using var session = BaselineSession.Open(options, progress, cancel);
        var sources = new List<BaselineSource>();
        var runs = new List<BaselineRun>();
        int training = 0;
        foreach (SourceChoice choice in options.Sources)
        {
            using BaselineOnSource source = session.On(choice, [], progress, cancel);
            sources.Add(source.Told);
            training = source.Runner.TrainingClips;
            runs.AddRange(session.Methods.Select(method => source.Runner.Run(method, seed, progress, cancel)));
        }

        return new BaselineSeed
        {
            Data = session.Data.Hash(cancel),
            Classes = session.Data.Annotations.Taxonomy.Categories.Count,
            Split = options.Split,
            CaptionGrain = options.Captions,
            TrainingClips = training,
            Sources = sources,
            Training = options.Training,
            Runs = runs,
        };
    }

    // Seed by seed, so that a comparison that is stopped early has whole pairs.
    private static IEnumerable<BaselineRun> Runs(
        BaselineRunner runner,
        IReadOnlyList<BaselineMethod> methods,
        int seeds,
        IProgress<WorkProgress>? progress,
        IProgress<string>? notes,
        CancellationToken cancel
    )
    {
        var runs = new List<BaselineRun>();
        for (int seed = 1; seed <= seeds; seed++)
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
}
