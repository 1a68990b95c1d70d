using System.Diagnostics;
using System.Globalization;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Reproduction;

/// <summary>How a slice ended.</summary>
/// <param name="Made">Runs made in it.</param>
/// <param name="Done">Runs of the plan that are done now.</param>
/// <param name="All">Runs of the plan.</param>
/// <param name="SecondsLeft">What the rest will take on this machine, one run at a time.</param>
/// <param name="Failed">Runs that could not be made; the next slice tries them again.</param>
internal sealed record SliceResult(int Made, int Done, int All, double SecondsLeft, IReadOnlyList<FailedRun> Failed);

/// <summary>A run that could not be made.</summary>
/// <param name="Id">The run's name.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record FailedRun(string Id, string Reason);

/// <summary>
/// Makes as many runs of a plan as a time allows. Several processes may work on one folder: a run is taken under a
/// lock of its own.
/// </summary>
/// <param name="folder">Where measurements are kept.</param>
/// <param name="plan">The plan.</param>
/// <param name="maker">Makes runs.</param>
/// <param name="estimates">How long they take.</param>
/// <param name="notes">Told what was finished; null for nobody.</param>
internal sealed class ReproductionSlice(
    MeasurementFolder folder,
    ReproductionPlan plan,
    RunMaker maker,
    RunEstimates estimates,
    IProgress<string>? notes
)
{
    /// <summary>
    /// Part of the time left that a run's estimate may take. The rest is for what the estimate does not know.
    /// </summary>
    private const double Margin = 0.9;

    private readonly List<FailedRun> _failed = [];

    /// <summary>Works.</summary>
    /// <param name="time">How long; null until everything is done.</param>
    /// <param name="cancel">Stops soon; the run at hand goes on from its last checkpoint next time.</param>
    /// <returns>What was made and what is left.</returns>
    public SliceResult Run(TimeSpan? time, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        int made = 0;
        while (Next(time - Stopwatch.GetElapsedTime(started), cancel) is var (run, taken))
        {
            using (taken)
            {
                if (folder.Has(run.Id))
                {
                    continue; // Another process made it between the look and the lock.
                }

                cancel.ThrowIfCancellationRequested();
                made += Make(run, cancel) ? 1 : 0;
            }
        }

        return Result(made);
    }

    /// <summary>What is done and what is left.</summary>
    /// <param name="made">Runs made in this slice.</param>
    public SliceResult Result(int made)
    {
        IReadOnlyDictionary<string, Measurement> all = folder.ReadAll();
        return new SliceResult(
            made,
            plan.Runs.Count(run => all.ContainsKey(run.Id)),
            plan.Runs.Count,
            plan.Runs.Where(run => !all.ContainsKey(run.Id)).Sum(run => estimates.Seconds(run, all)),
            _failed
        );
    }

    /// <summary>Makes a run; one that fails keeps no other from being made.</summary>
    private bool Make(PlannedRun run, CancellationToken cancel)
    {
        try
        {
            Measurement measured = maker.Make(run, cancel);
            notes?.Report(
                string.Create(CultureInfo.InvariantCulture, $"{run.Id}: {measured.Seconds:0} s on {measured.Site}")
            );
            return true;
        }
        catch (TaskGrainException fault)
        {
            _failed.Add(new FailedRun(run.Id, fault.Message));
            notes?.Report($"{run.Id} failed: {fault.Message}");
            return false;
        }
    }

    /// <summary>
    /// The first run that can be made now, fits the time, and is taken by nobody else; waits while another process
    /// makes what the remaining ones need.
    /// </summary>
    private (PlannedRun Run, FolderLock Lock)? Next(TimeSpan? left, CancellationToken cancel)
    {
        long asked = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan? now = left - Stopwatch.GetElapsedTime(asked);
            bool others = false;
            IReadOnlyDictionary<string, Measurement> measured = folder.ReadAll();
            foreach (PlannedRun run in plan.Runs.Where(run => !measured.ContainsKey(run.Id) && RunMaker.CanMake(run)))
            {
                if (_failed.Any(failed => failed.Id == run.Id))
                {
                    continue;
                }

                if (now is { } time && estimates.Seconds(run, measured) > time.TotalSeconds * Margin)
                {
                    continue;
                }

                if (run.Needs is { } needed && !measured.ContainsKey(needed))
                {
                    others |= IsTaken(needed);
                    continue;
                }

                if (Take(run.Id) is { } taken)
                {
                    return (run, taken);
                }
            }

            if (!others)
            {
                return null;
            }

            cancel.WaitHandle.WaitOne(TimeSpan.FromSeconds(0.5));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private bool IsTaken(string id)
    {
        using FolderLock? taken = Take(id);
        return taken is null;
    }

    private FolderLock? Take(string id) =>
        FolderLock.TryTake(Path.Combine(folder.Work, "locks", id), "run of the reproduction");
}
