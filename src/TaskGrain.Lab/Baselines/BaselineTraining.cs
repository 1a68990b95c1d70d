using System.Diagnostics;
using System.Globalization;
using TaskGrain.Runtime;
using TaskGrain.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Baselines;

/// <summary>How a baseline's training ended.</summary>
/// <param name="Epoch">The epoch whose weights were kept, from 1.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Score">
/// Its score on the validation clips: accuracy, or for captions the loss with its sign turned.
/// </param>
/// <param name="Seconds">How long it took.</param>
internal sealed record BaselineFit(int Epoch, int Epochs, double Score, double Seconds);

/// <summary>Trains a baseline on features: Adam on a cosine, the weights of the best validation kept.</summary>
/// <param name="options">Epochs, batches, rate.</param>
internal sealed class BaselineTraining(BaselineOptions options)
{
    private const double LargestGradient = 5;

    /// <summary>Trains.</summary>
    /// <param name="baseline">What is trained; has the best weights afterwards and is no longer in training.</param>
    /// <param name="train">The training clips.</param>
    /// <param name="validation">The clips that choose the epoch.</param>
    /// <param name="seed">Order of the clips, where they begin, and dropout.</param>
    /// <param name="stage">What the progress says.</param>
    /// <param name="progress">Told after every epoch and now and then between.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <exception cref="TaskGrainException">No epoch gave a loss that is a number.</exception>
    public BaselineFit Run(
        Baseline baseline,
        FeatureClips train,
        FeatureClips validation,
        ulong seed,
        string stage,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        long started = Stopwatch.GetTimestamp();
        using var optimiser = new AdamOptimiser(baseline.Network.named_parameters());
        var schedule = new LearningRateSchedule { Rule = LearningRateRule.Cosine, Minimum = 0 };
        var stopping = new EarlyStopping(options.Patience, new EarlyStoppingState());
        var random = new SeededRandom(seed);
        int[] order = [.. Enumerable.Range(0, train.Clips.Count)];
        long steps = (order.Length + options.BatchSize - 1) / options.BatchSize;
        long step = 0;
        int epoch = 0;
        double lately = double.NaN;
        using var best = new KeptWeights(baseline.Network);
        while (epoch < options.Epochs && !stopping.ShouldStop)
        {
            epoch++;
            random.Shuffle(order.AsSpan());
            baseline.Network.train();
            foreach (int[] rows in order.Chunk(options.BatchSize))
            {
                cancel.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                SeededRandom own = random.Derive((ulong)step);
                manual_seed((long)(own.NextUInt64() >> 1));
                optimiser.ZeroGradients();
                Tensor loss = baseline.Loss(train.Batch(rows, own, baseline.ReadsCaptions), own);
                loss.backward();
                double now = loss.item<float>();
                lately = double.IsNaN(lately) ? now : (0.98 * lately) + (0.02 * now);
                optimiser.Step(schedule.At(options.LearningRate, step, steps * options.Epochs), LargestGradient);
                step++;
                progress?.Report(
                    new WorkProgress(
                        stage,
                        step,
                        steps * options.Epochs,
                        "steps",
                        step / Stopwatch.GetElapsedTime(started).TotalSeconds,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"epoch {epoch}, loss {lately:0.000}, best validation {stopping.State.Score:0.000}"
                        )
                    )
                );
            }

            baseline.Network.eval();
            (double reached, double mean) = BaselineMeasurement.Score(baseline, validation, options.BatchSize, cancel);
            if (double.IsFinite(mean) && stopping.Observe(epoch, reached, mean, counts: true))
            {
                best.Keep();
            }
        }

        baseline.Network.eval();
        best.Restore();
        return stopping.State.Score is { } found
            ? new BaselineFit(stopping.State.Epoch, epoch, found, Stopwatch.GetElapsedTime(started).TotalSeconds)
            : throw new TaskGrainException($"{stage}: the training diverged; take a lower learning rate.");
    }

    /// <summary>A copy of a network's weights.</summary>
    private sealed class KeptWeights(nn.Module network) : IDisposable
    {
        private readonly Dictionary<string, Tensor> _kept = new(StringComparer.Ordinal);

        public void Keep()
        {
            using IDisposable noGradient = no_grad();
            foreach ((string name, Parameter parameter) in network.named_parameters())
            {
                if (_kept.TryGetValue(name, out Tensor? kept))
                {
                    kept.copy_(parameter);
                }
                else
                {
                    _kept[name] = parameter.detach().clone().DetachFromDisposeScope();
                }
            }
        }

        public void Restore()
        {
            using IDisposable noGradient = no_grad();
            foreach ((string name, Parameter parameter) in network.named_parameters())
            {
                if (_kept.TryGetValue(name, out Tensor? kept))
                {
                    parameter.copy_(kept);
                }
            }
        }

        public void Dispose()
        {
            foreach (Tensor kept in _kept.Values)
            {
                kept.Dispose();
            }
        }
    }
}
