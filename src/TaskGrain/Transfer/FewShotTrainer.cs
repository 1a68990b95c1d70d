using TaskGrain.Models.Heads;
using TaskGrain.Runtime;

namespace TaskGrain.Transfer;

/// <summary>Trains a classifier on the features of a few clips (Section 6.1).</summary>
internal static class FewShotTrainer
{
    /// <summary>
    /// Chooses regularisation and number of updates by cross-validation inside the clips, then trains on all of them.
    /// </summary>
    /// <param name="kind">The classifier.</param>
    /// <param name="clips">The few shots, (T, D) each; nothing else is ever looked at.</param>
    /// <param name="labels">The class of each clip, 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="options">How to train; null for the kind's defaults.</param>
    /// <param name="seed">Fixes folds, starting weights, orders and dropout.</param>
    /// <param name="cancel">Stops between two updates.</param>
    /// <returns>
    /// The classifier and what was chosen. The same input gives the same result, with any number of threads.
    /// </returns>
    /// <exception cref="ArgumentException">Clips and labels do not match, or a label is out of range.</exception>
    /// <exception cref="TaskGrainException">An option is out of range.</exception>
    public static FewShotFit Fit(
        ClassifierKind kind,
        IReadOnlyList<FeatureSequence> clips,
        IReadOnlyList<int> labels,
        int classes,
        FewShotOptions? options = null,
        ulong seed = 1,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (clips.Count == 0 || clips.Count != labels.Count || labels.Any(label => label < 0 || label >= classes))
        {
            throw new ArgumentException(
                $"{clips.Count} clips need as many labels from 0 to {classes - 1}",
                nameof(labels)
            );
        }

        options ??= FewShotOptions.For(kind);
        options.Validate();
        if (kind is ClassifierKind.Timeline or ClassifierKind.Average)
        {
            return TimelineTrainer.Fit(kind, clips, labels, classes, options, seed);
        }

        var projection = FeatureProjection.Fit(clips, options.Components, options.ThreadCount);
        SequenceSet set = projection.Apply(clips, labels, options.ThreadCount);
        SeededRandom random = new SeededRandom(seed).Derive((ulong)kind);
        FewShotSelection selection = Select(kind, set, classes, options, random, projection.VarianceKept, cancel);

        var head = Head.Create(kind, set.Width, classes, options.Hidden(kind), options.StepStride);
        if (head is BiLstmHead lstm)
        {
            lstm.Parallel = options.ThreadCount > 1;
        }

        var final = new Replica(
            head,
            set,
            [.. Enumerable.Range(0, set.Count)],
            selection.Setting,
            options,
            random.Derive(ulong.MaxValue)
        );
        final.Train(selection.Updates, cancel);
        return new FewShotFit(
            new HeadClassifier(kind, classes, projection, head.Parameters, options.Hidden(kind), options.ThreadCount),
            selection
        );
    }

    private static FewShotSelection Select(
        ClassifierKind kind,
        SequenceSet set,
        int classes,
        FewShotOptions options,
        SeededRandom random,
        double varianceKept,
        CancellationToken cancel
    )
    {
        int folds = StratifiedFolds.Possible(set.Labels, options.Folds);
        if (folds < 2)
        {
            return new FewShotSelection
            {
                Setting = options.DefaultSetting,
                Updates = options.DefaultUpdates,
                Folds = 1,
                VarianceKept = varianceKept,
            };
        }

        (FewShotSetting setting, int updates, double loss, double accuracy, float[][] heldOut) = new CrossValidation(
            kind,
            set,
            classes,
            options,
            folds,
            random
        ).Choose(cancel);
        return new FewShotSelection
        {
            Setting = setting,
            Updates = updates,
            Folds = folds,
            Accuracy = accuracy,
            Loss = loss,
            VarianceKept = varianceKept,
            HeldOut = heldOut,
        };
    }
}
