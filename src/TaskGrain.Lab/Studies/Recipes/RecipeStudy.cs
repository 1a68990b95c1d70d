using System.Diagnostics;
using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>
/// Which variation of the generator's clips makes an encoder that carries over further to real ones? Models trained on
/// plain clips go on with clips of each recipe, and their frozen features are cross-validated on real clips.
/// </summary>
internal sealed class RecipeStudy
{
    private readonly RecipeOptions _options;
    private readonly RecipeFolder _folder;
    private readonly RealClipCheck _real;
    private readonly RecipeTraining _training;
    private readonly MachineOptions _machine;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly IProgress<string>? _notes;

    /// <param name="options">What it is made with.</param>
    /// <param name="path">The folder that keeps it; other processes may work in it at the same time.</param>
    /// <param name="progress">Told how far long work is; null for nobody.</param>
    /// <param name="notes">Told what was finished; null for nobody.</param>
    /// <exception cref="TaskGrainException">
    /// The options are faulty, the real clips cannot be used, or the folder was begun with others.
    /// </exception>
    public RecipeStudy(
        RecipeOptions options,
        string path,
        IProgress<WorkProgress>? progress = null,
        IProgress<string>? notes = null
    )
    {
        options.Validate();
        _options = options;
        _progress = progress;
        _notes = notes;
        _machine = RecipeTraining.FirstPart(options).Machine;
        _real = new RealClipCheck(options, _machine.Threads);
        _folder = new RecipeFolder(path, options.Measuring(_real.Checksum()));
        _folder.Begin(options.Training());
        _training = new RecipeTraining(options, _folder, progress);
        Runs = RecipeRun.Plan(options);
    }

    /// <summary>Everything that is measured.</summary>
    public IReadOnlyList<RecipeRun> Runs { get; }

    /// <summary>The real clips.</summary>
    public RealClipCheck Real => _real;

    /// <summary>The measurements there are.</summary>
    public IReadOnlyList<RecipeMeasurement> Measurements => _folder.Read(Runs);

    /// <summary>Makes the runs that are missing and that no other process makes.</summary>
    /// <param name="cancel">Stops soon; the run at hand goes on from its last checkpoint next time.</param>
    public void Run(CancellationToken cancel)
    {
        ComputeDevice.SetThreads(_machine.Threads);
        while (Next(cancel) is var (run, taken))
        {
            using (taken)
            {
                if (!_folder.Has(run)) // Another process may have made it between the look and the lock.
                {
                    Make(run, cancel);
                }
            }
        }

        if (Runs.All(_folder.Has))
        {
            _training.CleanUp(cancel);
        }
    }

    private void Make(RecipeRun run, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        // Another way of measuring needs no other training.
        RecipeMeasurement? before = _folder.Any(run);
        (VideoModel model, double trained) =
            run.IsReference ? (Load(_options.Reference!), 0)
            : before is not null && File.Exists(_folder.Model(run.Id))
                ? (Load(_folder.Model(run.Id)), before.TrainingSeconds)
            : _training.Train(run, cancel);
        using (model)
        {
            AccuracyRow? generated =
                run.IsReference || before is not null ? null : _training.MeasurePlain(model, cancel);
            (IReadOnlyList<RecipeCell> cells, string split) = _real.Measure(model, _progress, cancel);
            var measured = new RecipeMeasurement
            {
                Name = run.Name,
                Seed = run.Seed,
                GeneratedRight = generated?.Right ?? before?.GeneratedRight,
                GeneratedTested = generated?.Clips ?? before?.GeneratedTested,
                Real = cells,
                Split = split,
                TrainingSeconds = trained,
                Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds + (before?.Seconds ?? 0),
                Program = before?.Program ?? StudyOrigin.ThisProgram,
                Machine = before?.Machine ?? StudyOrigin.ThisMachine,
            };
            _folder.Write(run, measured);
            _folder.DeleteWork(run.Id);
            _notes?.Report(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Id}: {Percent.Of(measured.Score)}% of the real clips, {measured.Seconds:0} s"
                )
            );
        }
    }

    private VideoModel Load(string model) =>
        VideoModel.Load(model, ComputeDevice.Parse(_machine.Device), _machine.Precision);

    /// <summary>The first run that can be made now and is taken by nobody; waits for what the others need.</summary>
    private (RecipeRun Run, FolderLock Lock)? Next(CancellationToken cancel)
    {
        while (true)
        {
            RecipeRun[] left = [.. Runs.Where(run => !_folder.Has(run))];
            HashSet<string> missing = [.. left.Select(run => run.Id)];
            foreach (RecipeRun run in left.Where(CanBegin))
            {
                if (_folder.TryTake(run.Id) is { } taken)
                {
                    return (run, taken);
                }
            }

            if (left.All(CanBegin))
            {
                return null;
            }

            bool CanBegin(RecipeRun run) => run.Needs is not { } needed || !missing.Contains(needed);

            cancel.WaitHandle.WaitOne(TimeSpan.FromSeconds(0.5));
            cancel.ThrowIfCancellationRequested();
        }
    }
}
