namespace TaskGrain.Training;

/// <summary>What a run has come to: an epoch of it, and the whole.</summary>
internal static class TrainingSummary
{
    /// <summary>The epoch that just ended.</summary>
    /// <param name="session">The run, whose sums are the epoch's.</param>
    /// <param name="validation">The validation after it.</param>
    /// <param name="best">Whether it is the best so far.</param>
    /// <param name="timing">What this process did of it.</param>
    public static EpochReport Epoch(TrainingSession session, ValidationReport validation, bool best, EpochTiming timing)
    {
        TrainingState state = session.State;
        EpochSums sums = state.Sums;
        return new EpochReport
        {
            Epoch = state.Epoch + 1,
            Epochs = session.Options.Epochs,
            Steps = state.TotalSteps,
            Lambda = sums.Lambda,
            LearningRate = sums.LearningRate,
            Loss = sums.Loss / sums.Clips,
            ClassLoss = EpochSums.Mean(sums.ClassLoss, sums.ClassClips),
            Top1 = EpochSums.Mean(sums.Top1, sums.ClassClips),
            CaptionLoss = EpochSums.Mean(sums.CaptionLoss, sums.CaptionClips),
            WordAccuracy = EpochSums.Mean(sums.WordAccuracy, sums.CaptionClips),
            Validation = validation,
            Best = best,
            Seconds = timing.Seconds,
            ClipsPerSecond = timing.Clips / timing.Seconds,
            WaitShare = timing.Wait / timing.Seconds,
        };
    }

    /// <summary>The run that ended.</summary>
    /// <param name="session">The run.</param>
    public static TrainingResult Result(TrainingSession session)
    {
        IReadOnlyList<EpochReport> history = session.State.History;
        double seconds = history.Sum(epoch => epoch.Seconds);
        return new TrainingResult
        {
            BestModel = session.Files.BestPath,
            LastModel = session.Files.LastPath,
            Epochs = session.State.Epoch,
            Steps = session.State.TotalSteps,
            Ended = session.WhyEnded()!,
            BestEpoch = session.State.Stopping.Epoch,
            BestValidation = history.First(epoch => epoch.Epoch == session.State.Stopping.Epoch).Validation,
            TrainingClips = session.Data.TrainingClips,
            LeftOut = session.Data.LeftOut,
            Seconds = seconds,
            ClipsPerSecond = seconds > 0 ? history.Sum(epoch => epoch.ClipsPerSecond * epoch.Seconds) / seconds : 0,
            WaitShare = seconds > 0 ? history.Sum(epoch => epoch.WaitShare * epoch.Seconds) / seconds : 0,
        };
    }
}

/// <summary>What this process did of an epoch: clips, seconds, and seconds of waiting for clips.</summary>
internal readonly record struct EpochTiming(long Clips, double Seconds, double Wait);
