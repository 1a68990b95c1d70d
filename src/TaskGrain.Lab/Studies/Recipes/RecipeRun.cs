using TaskGrain.Synthesis;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>One run of the study: the smallest thing that is done or not done.</summary>
/// <param name="Name">What is measured: a recipe's words, or <see cref="Start"/>, or the reference's name.</param>
/// <param name="Seed">The training seed; 0 for the reference, which is trained elsewhere.</param>
/// <param name="Recipe">What is varied; null where no recipe is trained.</param>
internal sealed record RecipeRun(string Name, int Seed, DomainRandomisation? Recipe)
{
    /// <summary>The name of the models that recipes go on from.</summary>
    public const string Start = "start";

    /// <summary>The name of the control: a recipe that varies nothing.</summary>
    public static string Control { get; } = WordsOf(DomainRandomisation.None);

    /// <summary>Its name among files.</summary>
    public string Id => IdOf(Name, Seed);

    /// <summary>Whether it is a model trained elsewhere, measured beside the others.</summary>
    public bool IsReference => Seed == 0;

    /// <summary>The run whose model it goes on from; null for none.</summary>
    public string? Needs => Recipe is null ? null : IdOf(Start, Seed);

    /// <summary>A recipe's words, the short one where all is varied.</summary>
    public static string WordsOf(DomainRandomisation recipe) =>
        recipe == DomainRandomisation.Parse("all") ? "all" : recipe.ToString();

    /// <summary>
    /// The runs, seed by seed, so that a study that is stopped early has whole pairs; starting models before what needs
    /// them.
    /// </summary>
    /// <param name="options">Recipes, seeds and reference.</param>
    public static IReadOnlyList<RecipeRun> Plan(RecipeOptions options) =>
        [
            .. Enumerable
                .Range(1, options.Seeds)
                .SelectMany(seed =>
                    options
                        .Recipes.Select(recipe => new RecipeRun(WordsOf(recipe), seed, recipe))
                        .Prepend(new RecipeRun(Start, seed, null))
                ),
            .. options.Reference is { } reference
                ? [new RecipeRun(Path.GetFileNameWithoutExtension(reference), 0, null)]
                : (RecipeRun[])[],
        ];

    // A colon is no letter of a file's name everywhere.
    private static string IdOf(string name, int seed) => $"{name.Replace(':', '-')}_s{seed}";
}
