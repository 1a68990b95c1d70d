using TaskGrain.Evaluation.Statistics;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>What the measurements say of a recipe.</summary>
internal enum RecipeVerdict
{
    /// <summary>Fewer than two seeds have it and the control.</summary>
    TooFewSeeds,

    /// <summary>Significantly better than the control.</summary>
    Helps,

    /// <summary>Significantly worse than the control.</summary>
    Hurts,

    /// <summary>Neither.</summary>
    Undecided,
}

/// <summary>A recipe compared with the control, seed by seed.</summary>
/// <param name="Recipe">Its words.</param>
/// <param name="Differences">
/// Recipe − control of <see cref="RecipeMeasurement.Score"/>, a value a seed, in [−1, 1].
/// </param>
/// <param name="P">Two-sided p after Holm's correction over the recipes; NaN below two seeds.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record RecipeComparison(
    string Recipe,
    IReadOnlyList<double> Differences,
    double P,
    RecipeVerdict Verdict
)
{
    /// <summary>The level of a verdict.</summary>
    public const double Level = 0.05;

    /// <summary>Compares every recipe with the control.</summary>
    /// <param name="measurements">All measurements; seeds that lack the control are passed over.</param>
    /// <returns>A comparison a recipe that shares a seed with the control, in the order of measurements.</returns>
    public static IReadOnlyList<RecipeComparison> Of(IReadOnlyList<RecipeMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        Dictionary<int, double> control = measurements
            .Where(one => one.Name == RecipeRun.Control)
            .ToDictionary(one => one.Seed, one => one.Score);
        (string Name, double[] Differences)[] recipes =
        [
            .. measurements
                .Where(one =>
                    one.Name is not RecipeRun.Start && one.Name != RecipeRun.Control && control.ContainsKey(one.Seed)
                )
                .GroupBy(one => one.Name, StringComparer.Ordinal)
                .Select(ofRecipe =>
                    (
                        ofRecipe.Key,
                        ofRecipe.OrderBy(one => one.Seed).Select(one => one.Score - control[one.Seed]).ToArray()
                    )
                ),
        ];
        string[] judged = [.. recipes.Where(one => one.Differences.Length > 1).Select(one => one.Name)];
        double[] corrected = HolmCorrection.Correct([
            .. recipes.Where(one => one.Differences.Length > 1).Select(one => TwoSided(one.Differences)),
        ]);
        return
        [
            .. recipes.Select(one =>
            {
                int at = Array.IndexOf(judged, one.Name);
                double p = at < 0 ? double.NaN : corrected[at];
                RecipeVerdict verdict =
                    at < 0 ? RecipeVerdict.TooFewSeeds
                    : p > Level ? RecipeVerdict.Undecided
                    : one.Differences.Average() > 0 ? RecipeVerdict.Helps
                    : RecipeVerdict.Hurts;
                return new RecipeComparison(one.Name, one.Differences, p, verdict);
            }),
        ];
    }

    private static double TwoSided(double[] differences)
    {
        // Shares of a few clips may differ by the same in every seed by chance: then it is the sign test that answers.
        bool same = MeanInterval.StandardError(differences) == 0 && differences[0] != 0;
        return same
            ? 2 * Math.Pow(0.5, differences.Length)
            : PairedTest.Of(differences, new double[differences.Length]).StudentP;
    }
}
