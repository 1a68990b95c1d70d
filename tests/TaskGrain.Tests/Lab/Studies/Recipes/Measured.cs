using TaskGrain.Lab.Studies.Recipes;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Tests.Lab.Studies.Recipes;

/// <summary>Measurements made by hand.</summary>
internal static class Measured
{
    /// <summary>A run: so many of ten clips right at 5 shots, in two draws, and at all shots.</summary>
    public static RecipeMeasurement Run(string name, int seed, int[] few, int all, int? generated = 4) =>
        new()
        {
            Name = name,
            Seed = seed,
            GeneratedRight = generated,
            GeneratedTested = generated is null ? null : 8,
            Real =
            [
                new RecipeCell("encoder@clip", ClassifierKind.Timeline, new(5), few, 10),
                new RecipeCell("encoder@clip", ClassifierKind.Timeline, ShotCount.Full, [all], 10),
            ],
            Split = "tested on every clip once, in 2 folds that share no group with the shots",
            TrainingSeconds = 60,
            Seconds = 90,
            Program = "1.2.3+abc",
            Machine = "a machine",
        };
}
