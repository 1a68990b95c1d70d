using TaskGrain.Video;

namespace TaskGrain.Training;

/// <summary>Tells of a run while it goes on: its observer, and the curves of its event file.</summary>
/// <param name="session">The run.</param>
/// <param name="observer">Who is told.</param>
/// <param name="events">The curves; null to keep none.</param>
internal sealed class TrainingReporter(TrainingSession session, TrainingObserver observer, EventWriter? events)
{
    private const int CurvePointsAnEpoch = 50;

    private readonly RateMeter _rate = new();
    private int _validated;

    /// <summary>A step is done and counted in the session's state.</summary>
    /// <param name="step">The step.</param>
    public void Step(StepReport step)
    {
        TrainingState state = session.State;
        int interval = Math.Max(1, session.StepsPerEpoch / CurvePointsAnEpoch);
        if (step.Number % interval == 0)
        {
            events?.Scalars(
                step.Number,
                ("train/loss", step.Loss),
                ("train/class_loss", step.ClassLoss),
                ("train/top1", step.Top1),
                ("train/caption_loss", step.CaptionLoss),
                ("train/word_accuracy", step.WordAccuracy),
                ("train/gradient_norm", step.GradientNorm),
                ("schedule/learning_rate", step.LearningRate),
                ("schedule/lambda", step.Lambda)
            );
        }

        observer.Steps?.Report(step);
        string top1 = EpochSums.Mean(state.Sums.Top1, state.Sums.ClassClips) is { } share
            ? $"  top-1 {share:0.0%}"
            : "";
        Progress(
            _rate.Add(step.Clips),
            $"epoch {state.Epoch + 1}/{session.Options.Epochs}  loss {state.Sums.Loss / state.Sums.Clips:0.000}{top1}"
        );
    }

    /// <summary>More clips of the epoch's validation are done.</summary>
    /// <param name="clips">How many more.</param>
    public void Validated(int clips)
    {
        _validated += clips;
        Progress(
            _rate.Add(clips),
            $"epoch {session.State.Epoch + 1}/{session.Options.Epochs}  validating "
                + $"{_validated}/{session.Data.ValidationClips}"
        );
    }

    /// <summary>An epoch has ended and is in the session's history.</summary>
    /// <param name="epoch">The epoch.</param>
    public void Epoch(EpochReport epoch)
    {
        _validated = 0;
        ValidationReport validation = epoch.Validation;
        events?.Scalars(
            epoch.Steps,
            ("validation/class_loss", validation.ClassLoss),
            ("validation/top1", validation.Top1),
            ("validation/top5", validation.Top5),
            ("validation/caption_loss", validation.CaptionLoss),
            ("validation/word_accuracy", validation.WordAccuracy),
            ("validation/exact_match", validation.ExactMatch),
            ("speed/clips_per_second", epoch.ClipsPerSecond),
            ("speed/data_wait_share", epoch.WaitShare)
        );
        events?.Flush();
        observer.Epochs?.Report(epoch);
    }

    /// <summary>Something worth a line.</summary>
    /// <param name="text">The line.</param>
    public void Note(string text) => observer.Notes?.Report(text);

    /// <summary>Counts the clips of the validations too, so that the time left includes them.</summary>
    private void Progress(double rate, string detail)
    {
        long clips = session.Data.TrainingClips + session.Data.ValidationClips;
        long done = (session.State.Epoch * clips) + session.State.Sums.Clips + _validated;
        observer.Progress?.Report(
            new WorkProgress("training", done, session.Options.Epochs * clips, "clips", rate, detail)
        );
    }
}
