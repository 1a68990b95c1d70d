using System.Text.Json.Nodes;
using TaskGrain.Models.Heads;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>What the study of the generator's recipes is made with. Everything in it is part of the result.</summary>
internal sealed record RecipeOptions
{
    /// <summary>The real clips: one subfolder a class, or <c>train</c> with these; <c>test</c> is not used.</summary>
    public required string Data { get; init; }

    /// <summary>Which clips belong together and are held out together; null where nothing is known of it.</summary>
    public ClipGroups? Groups { get; init; }

    /// <summary>The recipes that are compared; the control, nothing varied, is always among them.</summary>
    public IReadOnlyList<DomainRandomisation> Recipes { get; init; } = Standard;

    /// <summary>Training seeds: 1, 2, 3 ….</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>Generated clips that a starting model is trained on, and as many that a recipe goes on with.</summary>
    public int Clips { get; init; } = 6000;

    /// <summary>Categories of the generated clips.</summary>
    public IReadOnlyList<string> Categories { get; init; } = Contrasts.Categories;

    /// <summary>Draws of a few shots; with all shots there is one.</summary>
    public int Draws { get; init; } = 5;

    /// <summary>
    /// Real clips a class to learn from. One tells recipes apart also where the classes are easy from more.
    /// </summary>
    public IReadOnlyList<ShotCount> Shots { get; init; } = [new(1), new(5), ShotCount.Full];

    /// <summary>
    /// Classifiers on the frozen features: one that knows no order and one that does, both fitted in seconds.
    /// </summary>
    public IReadOnlyList<ClassifierKind> Classifiers { get; init; } =
    [ClassifierKind.LogisticRegression, ClassifierKind.Timeline];

    /// <summary>A model measured beside the others, by name or file; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>The models' preset.</summary>
    public RunPreset Preset { get; init; } = RunPreset.Study;

    /// <summary>Values over the study's own, for both parts of the training.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Device, precision and threads, as settings.</summary>
    public IReadOnlyList<string> Machine { get; init; } = [];

    /// <summary>Every kind of variation by itself, and all of them.</summary>
    public static IReadOnlyList<DomainRandomisation> Standard { get; } =
        Parse(string.Join(',', ["none", .. DomainRandomisation.Words, "all"]));

    /// <summary>Reads recipes.</summary>
    /// <param name="text">Such as <c>none,colours,colours:0.5+camera,all</c>.</param>
    /// <returns>The recipes, each once, the control first.</returns>
    /// <exception cref="TaskGrainException">A word is no recipe, or there is none.</exception>
    public static IReadOnlyList<DomainRandomisation> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            throw new TaskGrainException("there is no recipe; such as none,colours,colours:0.5+camera,all.");
        }

        DomainRandomisation[] named = [.. words.Select(DomainRandomisation.Parse)];
        return [.. named.Prepend(DomainRandomisation.None).Distinct()];
    }

    /// <summary>
    /// What models must have in common to be compared, by name; more seeds and other recipes may be asked for later.
    /// </summary>
    public JsonObject Training() =>
        new()
        {
            ["clips"] = Clips,
            ["categories"] = string.Join("; ", Categories),
            ["preset"] = Preset.ToString().ToLowerInvariant(),
            ["settings"] = string.Join(" ", Settings),
        };

    /// <summary>What measurements must have in common to be compared, as a word.</summary>
    /// <param name="realClips">The real clips with their groups, as a checksum.</param>
    public string Measuring(string realClips) =>
        $"{string.Join(" ", Classifiers.Select(kind => kind.Word()))}; {string.Join(" ", Shots)} shots, {Draws} draws; "
        + $"clips {realClips}";

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Recipes.All(recipe => recipe == DomainRandomisation.None))
        {
            faults.Add("there is no recipe beside the control, none");
        }

        if (Seeds < 1 || Draws < 1)
        {
            faults.Add($"{Seeds} seeds and {Draws} draws must each be at least 1");
        }

        if (Clips < Categories.Count)
        {
            faults.Add($"{Clips} clips of {Categories.Count} categories leave some without one");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"recipes: {string.Join("; ", faults)}.");
        }
    }
}
