using System.Diagnostics;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Steps of training: forward, joint loss, backward, clipping, Adam. On a GPU nothing in a step waits for it: the
/// figures of several steps are read together, so that the host is always ahead of the device.
/// </summary>
/// <param name="model">The model, in training mode.</param>
/// <param name="optimiser">Changes its parameters.</param>
/// <param name="options">Padding and gradient clipping.</param>
internal sealed class TrainStep(VideoModel model, AdamOptimiser optimiser, TrainingOptions options) : IDisposable
{
    /// <summary>Steps whose figures may wait on a GPU, and the time for which they may.</summary>
    private const int LongestWait = 16;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(0.5);

    private readonly List<PendingFigures> _pending = [];
    private long _lastRead = Stopwatch.GetTimestamp();

    /// <summary>Makes the step.</summary>
    /// <param name="clips">(N, 3, T, H, W), as the encoder reads them.</param>
    /// <param name="classes">(N), int64.</param>
    /// <param name="captions">(N, L), int64, or null at the action grains.</param>
    /// <param name="lambda">λ; at 1 the decoder is left out, at 0 the classifier.</param>
    /// <param name="learningRate">Adam's learning rate.</param>
    /// <param name="number">The step's number in the run, from 1; its report carries it.</param>
    /// <param name="dropoutSeed">Fixes the step's dropout, so that a resumed run repeats it.</param>
    /// <returns>
    /// The reports of steps whose figures have been read, in order: on a processor this step's, on a GPU none or many.
    /// </returns>
    /// <exception cref="DivergedException">
    /// The loss or a gradient of one of these steps was not finite; that step left the weights as they were.
    /// </exception>
    public IReadOnlyList<StepReport> Run(
        Tensor clips,
        Tensor classes,
        Tensor? captions,
        double lambda,
        double learningRate,
        long number,
        long dropoutSeed
    )
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(dropoutSeed);
        optimiser.ZeroGradients();
        Tensor features = model.Encoder.call(clips); // (N, T, D)

        var figures = new List<Tensor>();
        Tensor? loss = null;
        if (lambda > 0)
        {
            Tensor logits = model.Classifier!.call(features); // (N, classes)
            Tensor classLoss = TaskLoss.Classification(logits, classes);
            loss = classLoss.Times(lambda);
            figures.Add(classLoss);
            figures.Add(logits.argmax(1).eq(classes).to_type(ScalarType.Float32).mean());
        }

        if (lambda < 1)
        {
            Tensor logProbs = model.Decoder!.call(features, TaskLoss.TeacherInput(captions!)); // (N, L, V)
            Tensor captionLoss = TaskLoss.Captioning(logProbs, captions!, options.MaskPadding);
            Tensor weighted = captionLoss.Times(1 - lambda);
            loss = loss is null ? weighted : loss.Plus(weighted);
            figures.Add(captionLoss);
            figures.Add(TaskLoss.WordAccuracy(logProbs, captions!));
        }

        loss!.backward();
        figures.Add(loss);
        figures.Add(optimiser.Step(learningRate, options.ClipGradients));
        Tensor together = stack(figures.Select(figure => figure.detach())).DetachFromDisposeScope();
        _pending.Add(new PendingFigures(together, number, (int)classes.shape[0], lambda, learningRate));
        return IsDue(classes.device) ? Finish() : [];
    }

    /// <summary>Reads the figures that still wait.</summary>
    /// <returns>Their steps' reports, in order.</returns>
    /// <exception cref="DivergedException">As for <see cref="Run"/>.</exception>
    public IReadOnlyList<StepReport> Finish()
    {
        _lastRead = Stopwatch.GetTimestamp();
        if (_pending.Count == 0)
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        float[] values = cat([.. _pending.Select(step => step.Figures)]).cpu().data<float>().ToArray();
        var reports = new List<StepReport>(_pending.Count);
        int at = 0;
        foreach (PendingFigures step in _pending)
        {
            int count = (int)step.Figures.shape[0];
            reports.Add(step.Report(values.AsSpan(at, count)));
            at += count;
        }

        Clear();
        return reports;
    }

    /// <summary>Forgets figures that nobody will read.</summary>
    public void Dispose() => Clear();

    private bool IsDue(Device device) =>
        device.type == DeviceType.CPU
        || _pending.Count >= LongestWait
        || Stopwatch.GetElapsedTime(_lastRead) >= LongestDelay;

    private void Clear()
    {
        foreach (PendingFigures step in _pending)
        {
            step.Figures.Dispose();
        }

        _pending.Clear();
    }

    /// <summary>A step's figures where they were computed.</summary>
    /// <param name="Figures">Class loss and accuracy, caption loss and accuracy, loss, gradient norm; float32.</param>
    /// <param name="Number">The step's number in the run.</param>
    /// <param name="Clips">Clips of the step.</param>
    /// <param name="Lambda">λ.</param>
    /// <param name="LearningRate">Adam's learning rate.</param>
    private sealed record PendingFigures(Tensor Figures, long Number, int Clips, double Lambda, double LearningRate)
    {
        public StepReport Report(ReadOnlySpan<float> values)
        {
            RequireFinite(values[^2], "loss");
            RequireFinite(values[^1], "gradient");
            int caption = Lambda > 0 ? 2 : 0;
            return new StepReport
            {
                Number = Number,
                Clips = Clips,
                Lambda = Lambda,
                LearningRate = LearningRate,
                Loss = values[^2],
                ClassLoss = Lambda > 0 ? values[0] : null,
                Top1 = Lambda > 0 ? values[1] : null,
                CaptionLoss = Lambda < 1 ? values[caption] : null,
                WordAccuracy = Lambda < 1 ? values[caption + 1] : null,
                GradientNorm = values[^1],
            };
        }

        private static void RequireFinite(double value, string what)
        {
            if (!double.IsFinite(value))
            {
                throw new DivergedException($"the {what} is {(double.IsNaN(value) ? "not a number" : "infinite")}");
            }
        }
    }
}

/// <summary>Training has left the realm of finite numbers.</summary>
/// <param name="what">What is not finite.</param>
internal sealed class DivergedException(string what) : Exception(what);
