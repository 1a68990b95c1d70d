namespace TaskGrain.Training;

/// <summary>
/// Running sums over the steps of an epoch; part of a checkpoint, so that an interrupted epoch reports as an
/// undisturbed one.
/// </summary>
internal sealed record EpochSums
{
    public long Clips { get; init; }

    public double Loss { get; init; }

    public long ClassClips { get; init; }

    public double ClassLoss { get; init; }

    public double Top1 { get; init; }

    public long CaptionClips { get; init; }

    public double CaptionLoss { get; init; }

    public double WordAccuracy { get; init; }

    public double Lambda { get; init; }

    public double LearningRate { get; init; }

    public EpochSums Add(StepReport step) =>
        this with
        {
            Clips = Clips + step.Clips,
            Loss = Loss + (step.Loss * step.Clips),
            ClassClips = ClassClips + (step.ClassLoss is null ? 0 : step.Clips),
            ClassLoss = ClassLoss + ((step.ClassLoss ?? 0) * step.Clips),
            Top1 = Top1 + ((step.Top1 ?? 0) * step.Clips),
            CaptionClips = CaptionClips + (step.CaptionLoss is null ? 0 : step.Clips),
            CaptionLoss = CaptionLoss + ((step.CaptionLoss ?? 0) * step.Clips),
            WordAccuracy = WordAccuracy + ((step.WordAccuracy ?? 0) * step.Clips),
            Lambda = step.Lambda,
            LearningRate = step.LearningRate,
        };

    /// <summary>The mean of a sum over the clips it was taken over; null when there were none.</summary>
    public static double? Mean(double sum, long clips) => clips > 0 ? sum / clips : null;
}
