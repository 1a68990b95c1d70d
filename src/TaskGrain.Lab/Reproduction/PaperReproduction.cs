using System.Diagnostics;
using System.Globalization;

namespace TaskGrain.Lab.Reproduction;

/// <summary>What a slice of a reproduction may use.</summary>
internal sealed record SliceOptions
{
    /// <summary>How long it may take; null until everything is done.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Processes that make runs side by side.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Device, precision and threads, such as <c>machine.device=cuda</c>.</summary>
    public IReadOnlyList<string> Machine { get; init; } = [];
}

/// <summary>
/// The whole reproduction: data, calibration, runs in as many processes as asked for, and the page.
/// </summary>
internal static class PaperReproduction
{
    private const string CalibrationFile = "calibration.json";

    /// <summary>Makes a slice and writes the page of all measurements there are.</summary>
    /// <param name="options">What the reproduction is made with.</param>
    /// <param name="path">The folder that keeps it.</param>
    /// <param name="slice">What may be used now.</param>
    /// <param name="worker">Starts another process that calls <see cref="Work"/>; asked for several processes.</param>
    /// <param name="progress">Told how far long work is; null for nobody.</param>
    /// <param name="notes">Told what was finished; null for nobody.</param>
    /// <param name="cancel">Stops soon; the next slice goes on.</param>
    /// <returns>What was made and what is left.</returns>
    /// <exception cref="TaskGrainException">
    /// The options are faulty, the folder was begun with others, or data cannot be made or read.
    /// </exception>
    public static SliceResult Run(
        ReproductionOptions options,
        string path,
        SliceOptions slice,
        Func<SliceOptions, Process> worker,
        IProgress<WorkProgress>? progress,
        IProgress<string>? notes,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(slice);
        long started = Stopwatch.GetTimestamp();
        ReproductionPlan plan = ReproductionPlan.Of(options);
        var folder = new MeasurementFolder(path);
        folder.Begin(options);
        IReadOnlyList<string> machine = Shared(slice);
        var maker = new RunMaker(folder, plan, machine, progress);
        long clips = maker.PrepareData(cancel);
        RunEstimates estimates = RunEstimates.Calibrate(
            Path.Combine(folder.Work, CalibrationFile),
            plan,
            maker.Configuration,
            maker.Site,
            clips
        );
        SliceOptions rest = slice with { Time = slice.Time - Stopwatch.GetElapsedTime(started), Machine = machine };
        Process[] others = [.. Enumerable.Range(1, slice.Parallel - 1).Select(_ => worker(rest))];
        try
        {
            SliceResult result = Make(folder, plan, maker, estimates, rest.Time, notes, cancel);
            foreach (Process other in others)
            {
                other.WaitForExit();
                if (other.ExitCode != 0)
                {
                    notes?.Report($"a process beside this one ended with exit code {other.ExitCode}");
                }
            }

            IReadOnlyDictionary<string, Measurement> all = folder.ReadAll();
            return result with { Done = plan.Runs.Count(run => all.ContainsKey(run.Id)) };
        }
        finally
        {
            foreach (Process other in others)
            {
                if (!other.HasExited)
                {
                    other.Kill(entireProcessTree: true);
                }

                other.Dispose();
            }
        }
    }

    /// <summary>Makes runs beside the process that began the slice.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="slice">What may be used; the number of processes is one.</param>
    /// <param name="notes">Told what was finished; null for nobody.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <returns>What was made.</returns>
    /// <exception cref="TaskGrainException">No reproduction was begun in the folder.</exception>
    public static SliceResult Work(string path, SliceOptions slice, IProgress<string>? notes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var folder = new MeasurementFolder(path);
        ReproductionOptions options =
            folder.ReadOptions() ?? throw new TaskGrainException($"{path}: no reproduction was begun here.");
        ReproductionPlan plan = ReproductionPlan.Of(options);
        var maker = new RunMaker(folder, plan, slice.Machine, null);
        string calibration = Path.Combine(folder.Work, CalibrationFile);
        return Make(folder, plan, maker, RunEstimates.Read(calibration), slice.Time, notes, cancel);
    }

    private static SliceResult Make(
        MeasurementFolder folder,
        ReproductionPlan plan,
        RunMaker maker,
        RunEstimates estimates,
        TimeSpan? time,
        IProgress<string>? notes,
        CancellationToken cancel
    )
    {
        var slice = new ReproductionSlice(folder, plan, maker, estimates, notes);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (time is { } limit)
        {
            // A run that its estimate was wrong about: it keeps a checkpoint and goes on in the next slice.
            stop.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
        }

        try
        {
            return slice.Run(time, stop.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            notes?.Report("the time is up: the run at hand goes on in the next slice");
            return slice.Result(0);
        }
    }

    /// <summary>The machine's settings, with the processor's threads shared among the processes.</summary>
    private static IReadOnlyList<string> Shared(SliceOptions slice)
    {
        const string Threads = "machine.threads=";
        if (slice.Parallel == 1 || slice.Machine.Any(setting => setting.StartsWith(Threads, StringComparison.Ordinal)))
        {
            return slice.Machine;
        }

        int each = Math.Max(1, Environment.ProcessorCount / slice.Parallel);
        return [.. slice.Machine, Threads + each.ToString(CultureInfo.InvariantCulture)];
    }
}
