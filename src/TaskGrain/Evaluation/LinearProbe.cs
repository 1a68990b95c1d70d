using TaskGrain.Inference;
using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Evaluation;

/// <summary>
/// A linear classifier on frozen features (Table 2: coarse features, fine classes): multinomial logistic regression
/// with L2 penalty on standardised features, fitted over all samples at once by L-BFGS. The problem is convex, so the
/// result depends on the data alone; the seed only chooses the held-out samples that pick the penalty.
/// </summary>
internal sealed class LinearProbe
{
    private const double Tolerance = 1e-5;

    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly float[] _weights; // (size + 1, classes), the last row the biases

    private LinearProbe(float[] mean, float[] scale, float[] weights, int classes, double l2, double? heldOutAccuracy)
    {
        _mean = mean;
        _scale = scale;
        _weights = weights;
        Classes = classes;
        L2 = l2;
        HeldOutAccuracy = heldOutAccuracy;
    }

    /// <summary>Classes the probe chooses between.</summary>
    public int Classes { get; }

    /// <summary>The penalty in force.</summary>
    public double L2 { get; }

    /// <summary>Accuracy on the held-out samples at <see cref="L2"/>; null when there was nothing to choose.</summary>
    public double? HeldOutAccuracy { get; }

    /// <summary>Fits a probe.</summary>
    /// <param name="features">Training vectors; at least one.</param>
    /// <param name="targets">The class of each.</param>
    /// <param name="classes">Number of classes; some may have no sample.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancel">Stops the fit.</param>
    /// <returns>The fitted probe.</returns>
    /// <exception cref="ArgumentException">The counts differ, there is no sample, or a target is no class.</exception>
    /// <exception cref="TaskGrainException">The options are not valid.</exception>
    public static LinearProbe Fit(
        FeatureMatrix features,
        ReadOnlySpan<int> targets,
        int classes,
        LinearProbeOptions? options = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(features);
        options ??= new LinearProbeOptions();
        options.Validate();
        ClassificationMetrics.CheckTargets(targets, features.Samples, classes);
        int[] all = targets.ToArray();

        (int[] fit, int[] held) = Divide(all, options);
        if (options.L2.Count == 1 || held.Length == 0)
        {
            // With one sample a class nothing can be held out: the strongest penalty is the safe choice.
            return Fit(features, all, classes, options.L2.Max(), options.Iterations, null, cancel);
        }

        FeatureMatrix fitFeatures = features.Select(fit);
        FeatureMatrix heldFeatures = features.Select(held);
        int[] fitTargets = Array.ConvertAll(fit, i => all[i]);
        int[] heldTargets = Array.ConvertAll(held, i => all[i]);
        double bestL2 = 0;
        double bestAccuracy = -1;

        // Strongest first and only a strict gain replaces it, so that ties go to the simpler model.
        foreach (double l2 in options.L2.OrderDescending())
        {
            LinearProbe probe = Fit(fitFeatures, fitTargets, classes, l2, options.Iterations, null, cancel);
            double accuracy = ClassificationMetrics.Accuracy(probe.Scores(heldFeatures).Best(), heldTargets);
            if (accuracy > bestAccuracy)
            {
                (bestL2, bestAccuracy) = (l2, accuracy);
            }
        }

        return Fit(features, all, classes, bestL2, options.Iterations, bestAccuracy, cancel);
    }

    /// <summary>Applies the probe.</summary>
    /// <param name="features">Vectors of the size it was fitted on.</param>
    /// <returns>Probabilities, one row a sample.</returns>
    /// <exception cref="ArgumentException">The vectors' size differs.</exception>
    public ScoreMatrix Scores(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Size != _mean.Length)
        {
            throw new ArgumentException(
                $"The probe was fitted on vectors of {_mean.Length}, these have {features.Size}.",
                nameof(features)
            );
        }

        if (features.Samples == 0)
        {
            return new ScoreMatrix([], Classes);
        }

        NativeLibraries.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor x = WithOnes(Standardised(features, _mean, _scale));
        Tensor weights = tensor(_weights).reshape(_mean.Length + 1, Classes);
        return new ScoreMatrix(x.matmul(weights).softmax(1).data<float>().ToArray(), Classes);
    }

    private static LinearProbe Fit(
        FeatureMatrix features,
        int[] targets,
        int classes,
        double l2,
        int iterations,
        double? heldOutAccuracy,
        CancellationToken cancel
    )
    {
        NativeLibraries.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        (float[] mean, float[] scale) = Statistics(features);
        Tensor x = WithOnes(Standardised(features, mean, scale));
        Tensor y = tensor(Array.ConvertAll(targets, t => (long)t));
        Tensor oneHot = nn.functional.one_hot(y, classes).to(ScalarType.Float32);

        // The biases are not penalised.
        Tensor penalised = ones(features.Size + 1, 1);
        penalised[features.Size].zero_();
        (double Value, Tensor Gradient) Evaluate(Tensor weights)
        {
            using var step = NewDisposeScope();
            Tensor logProbabilities = x.matmul(weights).log_softmax(1);
            Tensor kept = weights * penalised;
            double loss = -(logProbabilities * oneHot).sum(ScalarType.Float64).ToDouble() / targets.Length;
            double penalty = 0.5 * l2 * (kept * kept).sum(ScalarType.Float64).ToDouble();
            Tensor gradient = x.t()
                .matmul(logProbabilities.exp().Minus(oneHot))
                .Times(1.0 / targets.Length)
                .Plus(kept, l2);
            return (loss + penalty, gradient.MoveToOuterDisposeScope());
        }

        Tensor start = zeros(features.Size + 1, classes);
        Tensor weights = Lbfgs.Minimise(start, Evaluate, iterations, Tolerance, cancel);
        return new LinearProbe(mean, scale, weights.data<float>().ToArray(), classes, l2, heldOutAccuracy);
    }

    /// <summary>
    /// Holds out a share of every class that has two samples or more, so that each still has one to fit on.
    /// </summary>
    private static (int[] Fit, int[] Held) Divide(int[] targets, LinearProbeOptions options)
    {
        var held = new List<int>();
        foreach ((_, int[] members) in StratifiedDraw.Shuffled(targets, new SeededRandom(options.Seed)))
        {
            int count =
                members.Length < 2
                    ? 0
                    : Math.Clamp((int)Math.Round(options.HeldOut * members.Length), 1, members.Length - 1);
            held.AddRange(members.Take(count));
        }

        held.Sort();
        return (Enumerable.Range(0, targets.Length).Except(held).ToArray(), held.ToArray());
    }

    private static (float[] Mean, float[] Scale) Statistics(FeatureMatrix features)
    {
        var sums = new double[features.Size];
        var squares = new double[features.Size];
        for (int i = 0; i < features.Samples; i++)
        {
            ReadOnlySpan<float> row = features.Row(i);
            for (int d = 0; d < row.Length; d++)
            {
                sums[d] += row[d];
                squares[d] += (double)row[d] * row[d];
            }
        }

        var mean = new float[features.Size];
        var scale = new float[features.Size];
        for (int d = 0; d < mean.Length; d++)
        {
            double average = sums[d] / features.Samples;
            double deviation = Math.Sqrt(Math.Max(0, (squares[d] / features.Samples) - (average * average)));
            mean[d] = (float)average;

            // An entry that never changes (a dead ReLU) carries nothing and must not be blown up where it first does.
            scale[d] = deviation < 1e-6 ? 0 : (float)(1 / deviation);
        }

        return (mean, scale);
    }

    private static Tensor Standardised(FeatureMatrix features, float[] mean, float[] scale)
    {
        Tensor x = tensor(features.Values.ToArray()).reshape(features.Samples, features.Size);
        return (x - tensor(mean)) * tensor(scale);
    }

    private static Tensor WithOnes(Tensor x) => cat([x, ones(x.shape[0], 1)], 1);
}
