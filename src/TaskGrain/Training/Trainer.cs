using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Ranks;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// The training loop: epochs of steps, a validation after each, checkpoints of the last and the best.
/// </summary>
public sealed class Trainer
{
    private readonly TrainingSession _session;
    private readonly TrainingReporter _reporter;
    private readonly IBatchSource _batches;
    private readonly ClipLoader _loader;
    private readonly IRankGroup? _ranks;
    private readonly RankSteps? _rankSteps;
    private readonly TrainStep _step;
    private readonly DivergenceGuard _divergence;
    private long _lastCheckpoint = Stopwatch.GetTimestamp();

    private Trainer(TrainingSession session, TrainingReporter reporter, IBatchSource batches, ClipLoader loader)
    {
        _session = session;
        _reporter = reporter;
        _batches = batches;
        _loader = loader;
        _divergence = new DivergenceGuard(session);
        _ranks = session.Ranks;
        _rankSteps = _ranks is null
            ? null
            : new RankSteps(session.Model, _ranks, session.Options.SynchroniseStatistics);
        _step = new TrainStep(session.Model, session.Optimiser, session.Options, _rankSteps);
    }

    /// <summary>
    /// Trains a model. The same request with the same machine options gives the same weights, interrupted or not.
    /// Sets libtorch's number of threads for the time being, and its random generator for good.
    /// </summary>
    /// <param name="request">What to train and where.</param>
    /// <param name="observer">Who is told; null for nobody.</param>
    /// <param name="cancellation">Stops after the step at hand, with a checkpoint to go on from.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="TaskGrainException">
    /// The request contradicts itself or its data, the folder holds a run already (and
    /// <see cref="TrainingRequest.Resume"/>
    /// is off), or the loss is no longer finite (the last good checkpoint stays).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static TrainingResult Run(
        TrainingRequest request,
        TrainingObserver? observer = null,
        CancellationToken cancellation = default
    ) => Run(request, observer, null, cancellation);

    /// <summary>
    /// The same as one of several ranks: batches are divided among them, their gradients are those of the whole batch,
    /// and rank 0 writes the files and tells the observer.
    /// </summary>
    /// <param name="request">What to train and where; the same on every rank.</param>
    /// <param name="observer">Who is told; null for nobody.</param>
    /// <param name="ranks">The ranks; null for a process alone.</param>
    /// <param name="cancellation">Stops all ranks after the step at hand.</param>
    internal static TrainingResult Run(
        TrainingRequest request,
        TrainingObserver? observer,
        IRankGroup? ranks,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        bool first = ranks?.Place.IsFirst ?? true;
        observer = first ? observer ?? new TrainingObserver() : new TrainingObserver();
        NativeLibraries.EnsureLoaded();
        int threads = get_num_threads();
        try
        {
            using CheckpointStore files = first
                ? CheckpointStore.Open(request.Out)
                : CheckpointStore.Follow(request.Out);

            // Rank 0 may have written the first checkpoint before another looks for one.
            bool begun = ranks?.AsFirst(files.HasRun) ?? files.HasRun;
            using TrainingSession session = Open(request, files, begun, observer.Notes, ranks);
            if (ranks is not null)
            {
                RankAgreement.Require(session, ranks);
            }

            using EventWriter? events = first
                ? new EventWriter(files.Folder, session.State.TotalSteps > 0 ? session.State.TotalSteps + 1 : 0)
                : null;
            using ClipLoader loader = BatchSources.Loader(session);
            using IBatchSource batches = BatchSources.Make(session, observer.Notes, OwnStop(ranks, cancellation));
            var trainer = new Trainer(session, new TrainingReporter(session, observer, events), batches, loader);
            using (trainer._rankSteps)
            using (trainer._step)
            {
                return trainer.Run(begun, cancellation);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static TrainingSession Open(
        TrainingRequest request,
        CheckpointStore files,
        bool begun,
        IProgress<string>? notes,
        IRankGroup? ranks
    )
    {
        if (begun && !request.Resume)
        {
            throw new TaskGrainException($"{files.Folder} holds a run already; resume it, or choose another folder.");
        }

        TrainingSession session = begun
            ? TrainingSession.Resume(request, files, notes, ranks)
            : TrainingSession.Start(request, files, notes, ranks);
        DataNotes.Clips(session.Data, notes);
        return session;
    }

    /// <summary>What stops a process alone at once; ranks stop together (<see cref="Agree"/>).</summary>
    private static CancellationToken OwnStop(IRankGroup? ranks, CancellationToken cancellation) =>
        ranks is null ? cancellation : CancellationToken.None;

    private TrainingResult Run(bool begun, CancellationToken cancellation)
    {
        _session.Files.SaveHistory(_session.State.History);
        if (!begun)
        {
            // So that a run killed in its first minutes can go on too, and as the run it was.
            _session.Save();
        }

        try
        {
            while (_session.WhyEnded() is null)
            {
                EpochTiming timing = TrainEpoch(cancellation);
                EndEpoch(Validate(cancellation), timing);
            }
        }
        catch (OperationCanceledException)
        {
            Take(_step.Finish());
            _session.Save();
            _ranks?.Wait();
            throw;
        }
        catch (DivergedException fault)
        {
            throw _divergence.InStep(fault);
        }

        return TrainingSummary.Result(_session);
    }

    private EpochTiming TrainEpoch(CancellationToken cancellation)
    {
        TrainingState state = _session.State;
        long start = Stopwatch.GetTimestamp();
        TimeSpan waited = _batches.WaitTime;
        long clipsBefore = state.Sums.Clips;
        IReadOnlyList<ClipExample> order = _session.OwnOrder(state.Epoch);
        foreach (
            TrainingBatch batch in _batches.Load(
                order,
                training: true,
                _session.ClipSeed(state.Epoch),
                OwnStop(_ranks, cancellation),
                state.Step
            )
        )
        {
            using (batch)
            {
                Step(batch);
            }

            (bool due, bool stop) = Agree(CheckpointDue(), cancellation.IsCancellationRequested);
            if (due)
            {
                Take(_step.Finish());
                _session.Save();
                _lastCheckpoint = Stopwatch.GetTimestamp();
            }

            if (stop)
            {
                throw new OperationCanceledException(cancellation);
            }
        }

        Take(_step.Finish());
        return new EpochTiming(
            _session.State.Sums.Clips - clipsBefore,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            (_batches.WaitTime - waited).TotalSeconds
        );
    }

    /// <summary>Whether rank 0 finds a checkpoint due, and whether any rank is to stop; alone, as it is.</summary>
    private (bool Due, bool Stop) Agree(bool due, bool stop)
    {
        if (_ranks is null)
        {
            return (due, stop);
        }

        Span<double> asked = [due && _ranks.Place.IsFirst ? 1 : 0, stop ? 1 : 0];
        _ranks.Sum(asked);
        return (asked[0] > 0, asked[1] > 0);
    }

    private void Step(TrainingBatch batch)
    {
        TrainingState state = _session.State;
        IReadOnlyList<StepReport> reports = _step.Run(
            batch.Clips,
            batch.Targets.Classes,
            batch.Targets.Captions,
            _session.Lambda.At(_session.Position),
            _session.LearningRate(),
            state.TotalSteps + 1,
            _session.DropoutSeed(state.TotalSteps),
            _session.Share()
        );
        _session.State = state with { Step = state.Step + 1, TotalSteps = state.TotalSteps + 1 };
        Take(reports);
    }

    /// <summary>Counts steps whose figures have been read.</summary>
    private void Take(IReadOnlyList<StepReport> reports)
    {
        foreach (StepReport report in reports)
        {
            _session.State = _session.State with { Sums = _session.State.Sums.Add(report) };
            _reporter.Step(report);
        }
    }

    private ValidationReport Validate(CancellationToken cancellation)
    {
        _divergence.RequireFiniteWeights();
        var pass = new ValidationPass(_session.Model, _loader, _session.Options.MaskPadding);
        ValidationReport report = pass.Run(_session.Data.Validation, _reporter.Validated, cancellation, _ranks);
        _divergence.RequireFiniteLoss(report);
        return report with { OnTrainingClips = _session.Data.ValidatesOnTraining };
    }

    private void EndEpoch(ValidationReport validation, EpochTiming timing)
    {
        if (_ranks is not null)
        {
            RankAgreement.RequireWeights(_session, _ranks);
        }

        TrainingState state = _session.State;
        int epoch = state.Epoch + 1;
        double lambda = _session.Lambda.At(epoch);

        // Until λ is what it ends with, no standstill counts: the captions, for one, have not had their turn.
        bool settled = _session.Lambda.At(state.Epoch) == _session.Lambda.Final;

        var stopping = new EarlyStopping(_session.Options.StopPatience, state.Stopping);
        bool best = stopping.Observe(
            epoch,
            validation.Score(_session.Lambda.Final),
            validation.Loss(_session.Lambda.Final),
            counts: settled
        );
        var plateau = new PlateauSchedule(_session.Options.Schedule, state.Plateau);
        if (!settled)
        {
            plateau.Restart();
        }

        bool lowered =
            settled
            && _session.Options.Schedule.Rule == LearningRateRule.Plateau
            && plateau.Observe(validation.Loss(lambda));
        EpochReport report = TrainingSummary.Epoch(_session, validation, best, timing);
        _session.State = state with
        {
            Epoch = epoch,
            Step = 0,
            Sums = new EpochSums(),
            Plateau = plateau.State,
            Stopping = stopping.State,
            History = [.. state.History, report],
        };

        // The best model first: killed in between, the run repeats the epoch's end and writes the same file again.
        if (best)
        {
            _session.UpdateOrigin();
            _session.Files.SaveBest(_session.Model);
        }

        _session.Save();
        _lastCheckpoint = Stopwatch.GetTimestamp();
        _session.Files.SaveHistory(_session.State.History);
        _reporter.Epoch(report);
        if (lowered)
        {
            _reporter.Note($"validation stalls: learning rate {plateau.State.Rate:0.###e0}");
        }
    }

    private bool CheckpointDue()
    {
        TrainingOptions options = _session.Options;
        return (options.CheckpointSteps > 0 && _session.State.TotalSteps % options.CheckpointSteps == 0)
            || (
                options.CheckpointMinutes > 0
                && Stopwatch.GetElapsedTime(_lastCheckpoint).TotalMinutes >= options.CheckpointMinutes
            );
    }
}
