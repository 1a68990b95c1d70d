using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>Ends a run whose numbers are no longer finite, and says what to try.</summary>
/// <param name="session">The run.</param>
internal sealed class DivergenceGuard(TrainingSession session)
{
    /// <summary>What the step at hand found, as the run's end.</summary>
    /// <param name="fault">What was not finite.</param>
    public TaskGrainException InStep(DivergedException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        TrainingState state = session.State;
        return new TaskGrainException(
            Explain($"Step {state.Step + 1} of epoch {state.Epoch + 1}: {fault.Message}"),
            fault
        );
    }

    /// <summary>
    /// An update can break the weights, or the statistics after them, though the loss before it was finite. Such a
    /// model must become neither the best nor a checkpoint, and the run must not end well.
    /// </summary>
    /// <exception cref="TaskGrainException">A weight or statistic is not finite.</exception>
    public void RequireFiniteWeights()
    {
        using var scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in session.Model.Tensors())
        {
            if (tensor.is_floating_point() && !tensor.isfinite().all().item<bool>())
            {
                throw new TaskGrainException(
                    Explain($"After epoch {session.State.Epoch + 1}, '{name}' holds numbers that are not finite")
                );
            }
        }
    }

    /// <summary>The same for a validation: with λ as it is, and as it will be.</summary>
    /// <param name="report">The validation after the epoch at hand.</param>
    /// <exception cref="TaskGrainException">A loss is not finite.</exception>
    public void RequireFiniteLoss(ValidationReport report)
    {
        int epoch = session.State.Epoch + 1;
        double[] losses = [report.Loss(session.Lambda.At(epoch)), report.Loss(session.Lambda.Final)];
        if (!losses.All(double.IsFinite))
        {
            throw new TaskGrainException(Explain($"The validation loss of epoch {epoch} is not a finite number"));
        }
    }

    private string Explain(string what) =>
        $"{what}, so training stopped. The last good checkpoint is {session.Files.LastPath}; start from it, or anew, "
        + $"into another folder with a lower training.learningRate (now {session.LearningRate():0.###e0}) or with "
        + $"training.clipGradients 1.";
}
