using TaskGrain.Labels;

namespace TaskGrain.Synthesis;

/// <summary>The generator's worlds.</summary>
public enum SyntheticWorld
{
    /// <summary>Hands acting on everyday objects, in categories of Something-Something (paper, Section 3).</summary>
    Something,

    /// <summary>
    /// Utensils used, used in pretence and used in vain: the 13 classes of 20bn-kitchenware (paper, Section 6), in
    /// another style and with other objects.
    /// </summary>
    Kitchenware,
}

/// <summary>
/// Which clips to make. Two equal records describe the same clips, pixel for pixel, on any number of threads.
/// </summary>
public sealed record SynthesisOptions
{
    /// <summary>The world.</summary>
    public SyntheticWorld World { get; init; } = SyntheticWorld.Something;

    /// <summary>
    /// Number of clips. A set is extended by asking for more with the same seed: the first ones stay as they are.
    /// </summary>
    public int Clips { get; init; } = 1000;

    /// <summary>Fixes every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Names of the categories to make, with or without brackets; empty: all that the world can act out. Each gets the
    /// same number of
    /// clips.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>
    /// Names of the kinds of objects to cast, each then called by its usual name alone, so that few clips teach what
    /// they look like; empty: all that the world has, by all their names.
    /// </summary>
    internal IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>What is varied beyond the world's own pictures and motions.</summary>
    public DomainRandomisation Variation { get; init; } = DomainRandomisation.None;

    /// <summary>Part of each category's clips in the validation split, 0 to 1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Part of each category's clips in the test split, 0 to 1.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>Threads that render; 0 for one a core. The clips do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The transfer data set of the paper: 390 clips, 30 a class, of which 10 are for training.</summary>
    public static SynthesisOptions PaperKitchenware { get; } =
        new()
        {
            World = SyntheticWorld.Kitchenware,
            Clips = 390,
            ValidationShare = 1.0 / 3,
            TestShare = 1.0 / 3,
        };

    /// <summary>Throws when a value cannot be used; the message lists all faults.</summary>
    /// <exception cref="TaskGrainException">A number is out of range or a category cannot be acted out.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Clips is < 1 or > 10_000_000)
        {
            faults.Add($"the number of clips is {Clips}; it must be between 1 and 10,000,000");
        }

        if (Threads is < 0 or > 1024)
        {
            faults.Add($"the number of threads is {Threads}; it must be between 0 and 1,024");
        }

        if (!(ValidationShare >= 0 && TestShare >= 0 && ValidationShare + TestShare < 1))
        {
            faults.Add(
                $"the validation and test shares {ValidationShare} and {TestShare} must not be negative and must "
                    + $"leave something for training"
            );
        }

        if (Variation.Fault() is { } fault)
        {
            faults.Add(fault);
        }

        Taxonomy taxonomy = WorldGenerator.TaxonomyOf(World);
        IReadOnlyList<int> able = WorldGenerator.CategoriesOf(World);
        var seen = new HashSet<int>();
        foreach (string name in Categories)
        {
            if (!taxonomy.TryFindCategory(name, out int category))
            {
                faults.Add($"there is no category '{name}'; 'taskgrain synth categories' lists them");
            }
            else if (!able.Contains(category))
            {
                faults.Add($"the generator cannot act out '{name}'; 'taskgrain synth categories' lists what it can");
            }
            else if (!seen.Add(category))
            {
                faults.Add($"category '{name}' is there twice");
            }
        }

        Catalogue all = WorldGenerator.CatalogueOf(World);
        faults.AddRange(
            Objects
                .Where(name => !all.Kinds.Any(kind => kind.Name == name))
                .Select(name => $"there is no kind of object '{name}'")
        );

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Generator: {string.Join("; ", faults)}.");
        }
    }
}
