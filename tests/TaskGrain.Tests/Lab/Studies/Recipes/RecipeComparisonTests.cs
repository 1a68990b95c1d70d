using TaskGrain.Lab.Studies.Recipes;

namespace TaskGrain.Tests.Lab.Studies.Recipes;

public sealed class RecipeComparisonTests
{
    [Fact]
    public void Recipes_are_judged_by_paired_differences_after_Holms_correction()
    {
        IReadOnlyList<RecipeComparison> compared = RecipeComparison.Of([
            Measured.Run("none", 1, [2, 2], 4),
            Measured.Run("none", 2, [3, 3], 5),
            Measured.Run("none", 3, [1, 1], 3),
            Measured.Run("camera", 1, [4, 4], 6),
            Measured.Run("camera", 2, [5, 5], 7),
            Measured.Run("camera", 3, [3, 3], 6),
            Measured.Run("speed", 1, [3, 3], 5),
            Measured.Run("speed", 2, [2, 2], 4),
            Measured.Run("speed", 3, [1, 1], 4),
            Measured.Run("start", 1, [9, 9], 9),
            Measured.Run("base", 0, [9, 9], 9),
        ]);

        // Scores: none 0.3, 0.4, 0.2; camera 0.5, 0.6, 0.45: +0.2, +0.2, +0.25, mean 0.21667, s = 0.028868,
        // standard error 0.016667, t = 13 on 2 degrees of freedom: with x = t/√(2 + t²) = 0.994135 p is 1 − x, doubled
        // by Holm. Speed: +0.1, −0.1, +0.05, t = 0.27735, x = 0.19245.
        Assert.Equal(["camera", "speed"], compared.Select(one => one.Recipe));
        Assert.Equal([0.2, 0.2, 0.25], compared[0].Differences, new Near(1e-9));
        Assert.Equal(0.011730, compared[0].P, 5);
        Assert.Equal(RecipeVerdict.Helps, compared[0].Verdict);
        Assert.Equal([0.1, -0.1, 0.05], compared[1].Differences, new Near(1e-9));
        Assert.Equal(0.80755, compared[1].P, 5);
        Assert.Equal(RecipeVerdict.Undecided, compared[1].Verdict);
    }

    [Fact]
    public void A_recipe_that_is_worse_in_every_seed_hurts()
    {
        RecipeComparison compared = Assert.Single(
            RecipeComparison.Of([
                Measured.Run("none", 1, [8, 8], 8),
                Measured.Run("none", 2, [8, 8], 8),
                Measured.Run("none", 3, [8, 8], 8),
                Measured.Run("hands", 1, [4, 4], 4),
                Measured.Run("hands", 2, [4, 4], 5),
                Measured.Run("hands", 3, [4, 5], 4),
            ])
        );

        Assert.Equal(RecipeVerdict.Hurts, compared.Verdict);
    }

    /// <summary>No spread is no certainty: three equal differences have the sign test's 2 × 1/8.</summary>
    [Fact]
    public void Equal_differences_are_judged_by_their_signs()
    {
        RecipeComparison compared = Assert.Single(
            RecipeComparison.Of([
                Measured.Run("none", 1, [5, 5], 5),
                Measured.Run("none", 2, [5, 5], 5),
                Measured.Run("none", 3, [5, 5], 5),
                Measured.Run("hands", 1, [6, 6], 6),
                Measured.Run("hands", 2, [6, 6], 6),
                Measured.Run("hands", 3, [6, 6], 6),
            ])
        );

        Assert.Equal(0.25, compared.P, 9);
        Assert.Equal(RecipeVerdict.Undecided, compared.Verdict);
    }

    [Fact]
    public void One_seed_and_seeds_without_a_control_decide_nothing()
    {
        RecipeComparison compared = Assert.Single(
            RecipeComparison.Of([
                Measured.Run("none", 1, [5, 5], 5),
                Measured.Run("hands", 1, [6, 6], 6),
                Measured.Run("hands", 2, [6, 6], 6),
                Measured.Run("speed", 2, [6, 6], 6),
            ])
        );

        Assert.Equal("hands", compared.Recipe);
        Assert.Single(compared.Differences);
        Assert.Equal(RecipeVerdict.TooFewSeeds, compared.Verdict);
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }
}
