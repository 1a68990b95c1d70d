using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>One side of a comparison.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Classifier">The classifier.</param>
internal readonly record struct TransferSide(string Source, ClassifierKind Classifier);

/// <summary>
/// Two rows compared draw by draw. Between sources, the classifier is the same on both sides and a family of tests is
/// a classifier and a number of shots; between classifiers, the source is the same and a family is a number of shots.
/// </summary>
/// <param name="Shots">Training clips a class, on both sides.</param>
/// <param name="First">What is compared.</param>
/// <param name="Second">With what.</param>
/// <param name="Difference">Mean of first − second, in [−1, 1].</param>
/// <param name="HalfWidth">Half of its 95% interval.</param>
/// <param name="StudentP">Two-sided p-value of the paired t-test.</param>
/// <param name="StudentHolmP">The same after Holm's correction within the family.</param>
/// <param name="PermutationP">Two-sided p-value of the sign-flip permutation test.</param>
/// <param name="PermutationHolmP">The same after Holm's correction within the family.</param>
internal sealed record TransferComparison(
    ShotCount Shots,
    TransferSide First,
    TransferSide Second,
    double Difference,
    double HalfWidth,
    double StudentP,
    double StudentHolmP,
    double PermutationP,
    double PermutationHolmP
);
