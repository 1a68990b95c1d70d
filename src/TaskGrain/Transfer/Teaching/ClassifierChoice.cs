using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Teaching;

/// <summary>How a kind of classifier did in the cross-validation inside the clips it was trained on.</summary>
/// <param name="Classifier">Its word.</param>
/// <param name="Accuracy">Share of held-out clips classified rightly; null where none could be held out.</param>
/// <param name="Loss">Mean cross-entropy of the held-out clips in nats; null where none could be held out.</param>
public sealed record ClassifierCandidate(string Classifier, double? Accuracy, double? Loss);

/// <summary>Trains every kind of classifier and takes the one that did best on held-out clips.</summary>
internal static class ClassifierChoice
{
    /// <param name="clips">Features of the clips to learn from.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">Which kinds, seed and threads.</param>
    /// <param name="fallback">The kind to take where nothing can be held out.</param>
    /// <param name="trained">Told after every kind.</param>
    /// <param name="cancel">Stops between two updates.</param>
    public static (FewShotFit Best, IReadOnlyList<ClassifierCandidate> Candidates) Fit(
        IReadOnlyList<FeatureSequence> clips,
        IReadOnlyList<int> labels,
        int classes,
        TeachOptions options,
        ClassifierKind fallback,
        Action trained,
        CancellationToken cancel
    )
    {
        bool canChoose = StratifiedFolds.Possible(labels, 2) >= 2;
        List<FewShotFit> fits = [];
        foreach (ClassifierKind kind in canChoose ? options.Classifiers : [fallback])
        {
            FewShotOptions training = FewShotOptions.For(kind) with { Threads = options.Threads };
            fits.Add(FewShotTrainer.Fit(kind, clips, labels, classes, training, options.Seed, cancel));
            trained();
        }

        FewShotFit best = fits.OrderByDescending(fit => fit.Selection.Accuracy ?? 0)
            .ThenBy(fit => fit.Selection.Loss ?? 0)
            .First();
        return (
            best,
            [
                .. fits.Select(fit => new ClassifierCandidate(
                    fit.Classifier.Kind.Word(),
                    fit.Selection.Accuracy,
                    fit.Selection.Loss
                )),
            ]
        );
    }
}
