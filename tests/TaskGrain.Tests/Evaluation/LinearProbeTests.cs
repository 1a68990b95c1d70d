using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Evaluation;

public sealed class LinearProbeTests
{
    [Fact]
    public void Separable_classes_are_learned_and_carry_over()
    {
        (FeatureMatrix train, int[] trainTargets) = Clusters(seed: 1, samples: 200, size: 16, classes: 5, spread: 0.3);
        (FeatureMatrix test, int[] testTargets) = Clusters(seed: 2, samples: 200, size: 16, classes: 5, spread: 0.3);

        LinearProbe probe = LinearProbe.Fit(train, trainTargets, 5);

        Assert.True(ClassificationMetrics.Accuracy(probe.Scores(test).Best(), testTargets) > 0.99);
        Assert.True(probe.HeldOutAccuracy > 0.95);
        Assert.Equal(1, probe.Scores(test).Row(0).ToArray().Sum(), 1e-4);
    }

    [Fact]
    public void Features_without_information_stay_at_chance_on_new_samples()
    {
        var random = new SeededRandom(4);
        FeatureMatrix train = Noise(random, 300, 20);
        FeatureMatrix test = Noise(random, 1000, 20);
        int[] trainTargets = Enumerable.Range(0, 300).Select(_ => random.NextInt(4)).ToArray();
        int[] testTargets = Enumerable.Range(0, 1000).Select(_ => random.NextInt(4)).ToArray();

        LinearProbe probe = LinearProbe.Fit(train, trainTargets, 4);

        Assert.InRange(ClassificationMetrics.Accuracy(probe.Scores(test).Best(), testTargets), 0.18, 0.32);
    }

    [Fact]
    public void The_same_data_and_seed_give_the_same_probe()
    {
        (FeatureMatrix train, int[] targets) = Clusters(seed: 1, samples: 60, size: 8, classes: 3, spread: 1.5);

        LinearProbe first = LinearProbe.Fit(train, targets, 3);
        LinearProbe second = LinearProbe.Fit(train, targets, 3);

        Assert.Equal(first.L2, second.L2);
        Assert.Equal(first.Scores(train).Row(7).ToArray(), second.Scores(train).Row(7).ToArray());
    }

    [Fact]
    public void It_reaches_the_minimum_of_a_problem_solved_by_hand()
    {
        // One feature, standardised to -1 and 1, two classes: the loss is log(1 + exp(-2w)) + l2 w^2 for weights -w, w;
        // its minimum satisfies 2 / (1 + exp(2w)) = 2 l2 w.
        var features = new FeatureMatrix([3, 5, 3, 5], 1);
        LinearProbe probe = LinearProbe.Fit(features, [0, 1, 0, 1], 2, new LinearProbeOptions { L2 = [0.1] });

        double margin = Math.Log(probe.Scores(features).Row(1)[1] / probe.Scores(features).Row(1)[0]);
        double w = margin / 2;

        Assert.Equal(0.1 * w, 1 / (1 + Math.Exp(2 * w)), 1e-4);
        Assert.Equal(0.1, probe.L2);
        Assert.Null(probe.HeldOutAccuracy);
    }

    [Fact]
    public void Dead_features_and_classes_without_samples_do_no_harm()
    {
        var features = new FeatureMatrix([0, 1, 0, 1.1f, 0, -1, 0, -1.1f], 2);
        LinearProbe probe = LinearProbe.Fit(features, [0, 0, 2, 2], 4);

        // The dead entry comes alive on a new sample and must not decide.
        ScoreMatrix scores = probe.Scores(new FeatureMatrix([1000, 1, -1000, -1], 2));

        Assert.Equal([0, 2], scores.Best());
    }

    [Fact]
    public void One_sample_a_class_is_enough()
    {
        var features = new FeatureMatrix([1, 0, 0, 1], 2);
        Assert.Equal([0, 1], LinearProbe.Fit(features, [0, 1], 2).Scores(features).Best());
    }

    [Fact]
    public void Wrong_inputs_are_refused()
    {
        var features = new FeatureMatrix([1, 2], 1);
        LinearProbe probe = LinearProbe.Fit(features, [0, 1], 2);

        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(features, [0], 2));
        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(features, [0, 2], 2));
        Assert.Throws<ArgumentException>(() => probe.Scores(new FeatureMatrix([1, 2], 2)));
        Assert.Throws<TaskGrainException>(() => new FeatureMatrix([1, float.NaN], 1));
        Assert.Throws<TaskGrainException>(() => new FeatureMatrix([1, float.PositiveInfinity], 1));
        var fault = Assert.Throws<TaskGrainException>(() =>
            LinearProbe.Fit(
                features,
                [0, 1],
                2,
                new LinearProbeOptions
                {
                    L2 = [],
                    HeldOut = 1,
                    Iterations = 0,
                }
            )
        );
        Assert.Contains("penalties", fault.Message, StringComparison.Ordinal);
        Assert.Contains("held-out", fault.Message, StringComparison.Ordinal);
        Assert.Contains("iteration", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, probe.Scores(new FeatureMatrix([], 1)).Samples);
    }

    internal static (FeatureMatrix Features, int[] Targets) Clusters(
        ulong seed,
        int samples,
        int size,
        int classes,
        double spread
    )
    {
        var centres = new SeededRandom(99);
        double[] centre = Enumerable.Range(0, classes * size).Select(_ => centres.NextGaussian()).ToArray();
        var random = new SeededRandom(seed);
        int[] targets = Enumerable.Range(0, samples).Select(i => i % classes).ToArray();
        float[] values = Enumerable
            .Range(0, samples * size)
            .Select(i => (float)(centre[(targets[i / size] * size) + (i % size)] + (spread * random.NextGaussian())))
            .ToArray();
        return (new FeatureMatrix(values, size), targets);
    }

    private static FeatureMatrix Noise(SeededRandom random, int samples, int size) =>
        new(Enumerable.Range(0, samples * size).Select(_ => (float)random.NextGaussian()).ToArray(), size);
}
