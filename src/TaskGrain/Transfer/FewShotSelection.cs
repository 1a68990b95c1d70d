using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer;

/// <summary>What cross-validation inside the few shots chose, and how it did there.</summary>
internal sealed record FewShotSelection
{
    /// <summary>Regularisation.</summary>
    public required FewShotSetting Setting { get; init; }

    /// <summary>Updates after which training stopped.</summary>
    public required int Updates { get; init; }

    /// <summary>Number of folds; 1 where the clips could not be split and the defaults were used.</summary>
    public required int Folds { get; init; }

    /// <summary>
    /// Share of held-out clips that were classified rightly; null without folds. Slightly too high as an estimate,
    /// because the setting and the number of updates were chosen on the same clips.
    /// </summary>
    public double? Accuracy { get; init; }

    /// <summary>Mean cross-entropy of the held-out clips in nats; null without folds.</summary>
    public double? Loss { get; init; }

    /// <summary>Share of the shots' variance that the projection kept.</summary>
    public required double VarianceKept { get; init; }

    /// <summary>Class probabilities of every clip while it was held out; null without folds.</summary>
    public IReadOnlyList<float[]>? HeldOut { get; init; }
}

/// <summary>A trained classifier and how it came about.</summary>
/// <param name="Classifier">Ready to classify.</param>
/// <param name="Selection">What was chosen for it.</param>
internal sealed record FewShotFit(FewShotClassifier Classifier, FewShotSelection Selection);
