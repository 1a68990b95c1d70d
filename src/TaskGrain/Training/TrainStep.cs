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
/// <param name="ranks">What several ranks do besides; null for a process alone. Stays the caller's to dispose.</param>
internal sealed class TrainStep(
    VideoModel model,
    AdamOptimiser optimiser,
    TrainingOptions options,
    RankSteps? ranks = null
) : IDisposable
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
    /// <param name="share">Of several ranks: which part of the batch the clips are; null for all of it.</param>
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
        long dropoutSeed,
        RankShare? share = null
    )
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(dropoutSeed);
        optimiser.ZeroGradients();
        RankShare part = share ?? new RankShare((int)classes.shape[0], (int)classes.shape[0]);
        ranks?.Begin(part, lambda);
        Tensor features = model.Encoder.call(clips); // (N, T, D)

        // A figure counts as its loss does: with the rank's part of the batch, alone as it is.
        var figures = new List<Tensor>();
        Tensor? loss = null;
        if (lambda > 0)
        {
            Tensor logits = model.Classifier!.call(features); // (N, classes)
            Tensor classLoss = TaskLoss.Classification(logits, classes);
            loss = classLoss.Times(lambda * part.Part);
            figures.Add(Weighed(classLoss, part.Part));
            figures.Add(Weighed(logits.argmax(1).eq(classes).to_type(ScalarType.Float32).mean(), part.Part));
        }

        if (lambda < 1)
        {
            Tensor logProbs = model.Decoder!.call(features, TaskLoss.TeacherInput(captions!)); // (N, L, V)
            Tensor captionLoss = TaskLoss.Captioning(logProbs, captions!, options.MaskPadding);
            double ofPlaces =
                ranks is not null && options.MaskPadding ? ranks.PartOfWords(captions!, part) : part.Part;
            Tensor weighted = captionLoss.Times((1 - lambda) * ofPlaces);
            loss = loss is null ? weighted : loss.Plus(weighted);
            figures.Add(Weighed(captionLoss, ofPlaces));
            figures.AddRange(WordFigures(logProbs, captions!, part));
        }

        loss!.backward();
        ranks?.Reduce();
        figures.Add(loss);
        Tensor norm = optimiser.Step(learningRate, options.ClipGradients);
        figures.Add(ranks is null ? norm : norm.Times(1.0 / ranks.Ranks.Place.Size));
        Tensor together = stack(figures.Select(figure => figure.detach())).DetachFromDisposeScope();
        _pending.Add(new PendingFigures(together, number, part.All, lambda, learningRate));
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

        List<StepReport> reports = PendingFigures.Read(_pending, ranks?.Ranks);
        Clear();
        return reports;
    }

    /// <summary>Forgets figures that nobody will read.</summary>
    public void Dispose() => Clear();

    // Ranks read after the same steps, whatever their clocks say.
    private bool IsDue(Device device) =>
        device.type == DeviceType.CPU
        || _pending.Count >= LongestWait
        || (ranks is null && Stopwatch.GetElapsedTime(_lastRead) >= LongestDelay);

    private Tensor Weighed(Tensor figure, double part) => ranks is null ? figure : figure.detach().Times(part);

    /// <summary>The words' accuracy; of several ranks, right words and words, which can be added.</summary>
    private IEnumerable<Tensor> WordFigures(Tensor logProbs, Tensor captions, RankShare part)
    {
        Tensor accuracy = TaskLoss.WordAccuracy(logProbs, captions);
        if (ranks is null)
        {
            return [accuracy];
        }

        Tensor words = TaskLoss.Words(captions).sum().to_type(ScalarType.Float32).Times(part.Mine > 0 ? 1 : 0);
        return [accuracy * words, words];
    }

    private void Clear()
    {
        foreach (PendingFigures step in _pending)
        {
            step.Figures.Dispose();
        }

        _pending.Clear();
    }
}

/// <summary>Training has left the realm of finite numbers.</summary>
/// <param name="what">What is not finite.</param>
internal sealed class DivergedException(string what) : Exception(what);
