using TaskGrain.Inference;

namespace TaskGrain.Evaluation;

/// <summary>Accuracies of a classifier over a set of samples. Counts, and their shares in [0, 1].</summary>
internal sealed record ClassificationMetrics
{
    /// <summary>Samples measured.</summary>
    public required int Samples { get; init; }

    /// <summary>Classes the classifier chooses between.</summary>
    public required int Classes { get; init; }

    /// <summary>Samples whose best class is the true one.</summary>
    public required int Right { get; init; }

    /// <summary>Samples whose true class is among the <see cref="TopCount"/> best.</summary>
    public required int RightInTop { get; init; }

    /// <summary>How many classes count for <see cref="TopK"/>: 5, or all where there are fewer.</summary>
    public required int TopCount { get; init; }

    /// <summary>
    /// Mean recall over the classes that have samples: every class counts alike, however rare. A class without
    /// samples says nothing about the classifier and is left out.
    /// </summary>
    public required double MeanClassAccuracy { get; init; }

    /// <summary>Classes with at least one sample.</summary>
    public required int ClassesWithSamples { get; init; }

    /// <summary>One entry a class, in class order.</summary>
    public required IReadOnlyList<ClassAccuracy> PerClass { get; init; }

    /// <summary>Share of <see cref="Right"/>.</summary>
    public double Top1 => (double)Right / Samples;

    /// <summary>Share of <see cref="RightInTop"/>.</summary>
    public double TopK => (double)RightInTop / Samples;

    /// <summary>What guessing every class alike would reach.</summary>
    public double Chance => 1.0 / Classes;

    /// <summary>Measures scores against the truth.</summary>
    /// <param name="scores">One row a sample.</param>
    /// <param name="targets">The true class of each sample, in [0, classes).</param>
    /// <param name="topCount">Classes that count for <see cref="TopK"/>; cut to the number of classes.</param>
    /// <returns>The accuracies.</returns>
    /// <exception cref="ArgumentException">The counts differ, there is no sample, or a target is no class.</exception>
    public static ClassificationMetrics Measure(ScoreMatrix scores, ReadOnlySpan<int> targets, int topCount = 5)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(topCount, 1);
        CheckTargets(targets, scores.Samples, scores.Classes);

        int k = Math.Min(topCount, scores.Classes);
        int[] best = scores.Best();
        var samples = new int[scores.Classes];
        var correct = new int[scores.Classes];
        var predicted = new int[scores.Classes];
        int top1 = 0;
        int topK = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            int target = targets[i];
            samples[target]++;
            predicted[best[i]]++;
            if (best[i] == target)
            {
                top1++;
                correct[target]++;
            }

            if (scores.RankOf(i, target) < k)
            {
                topK++;
            }
        }

        var perClass = new ClassAccuracy[scores.Classes];
        for (int c = 0; c < perClass.Length; c++)
        {
            perClass[c] = new ClassAccuracy(c, samples[c], correct[c], predicted[c]);
        }

        return new ClassificationMetrics
        {
            Samples = targets.Length,
            Classes = scores.Classes,
            Right = top1,
            RightInTop = topK,
            TopCount = k,
            MeanClassAccuracy = perClass.Where(c => c.Samples > 0).Average(c => c.Recall!.Value),
            ClassesWithSamples = perClass.Count(c => c.Samples > 0),
            PerClass = perClass,
        };
    }

    /// <summary>Share of predictions that are the truth.</summary>
    /// <param name="predictions">One class a sample.</param>
    /// <param name="targets">The true class of each sample.</param>
    /// <returns>A share in [0, 1].</returns>
    /// <exception cref="ArgumentException">The counts differ or there is no sample.</exception>
    public static double Accuracy(ReadOnlySpan<int> predictions, ReadOnlySpan<int> targets)
    {
        CheckTargets(targets, predictions.Length, int.MaxValue);
        return (double)CountRight(predictions, targets) / targets.Length;
    }

    /// <summary>Number of predictions that are the truth.</summary>
    /// <param name="predictions">One class a sample; -1 for none, which is never right.</param>
    /// <param name="targets">The true class of each sample.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    internal static int CountRight(ReadOnlySpan<int> predictions, ReadOnlySpan<int> targets)
    {
        if (predictions.Length != targets.Length)
        {
            throw new ArgumentException(
                $"{predictions.Length} predictions do not go with {targets.Length} targets.",
                nameof(targets)
            );
        }

        int right = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            right += predictions[i] == targets[i] ? 1 : 0;
        }

        return right;
    }

    internal static void CheckTargets(ReadOnlySpan<int> targets, int samples, int classes)
    {
        if (targets.Length != samples)
        {
            throw new ArgumentException(
                $"{samples} predictions do not go with {targets.Length} targets.",
                nameof(targets)
            );
        }

        if (targets.Length == 0)
        {
            throw new ArgumentException("There is no sample to measure.", nameof(targets));
        }

        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] < 0 || targets[i] >= classes)
            {
                throw new ArgumentException(
                    $"Target {targets[i]} of sample {i} is none of the {classes} classes, numbered from 0.",
                    nameof(targets)
                );
            }
        }
    }
}
