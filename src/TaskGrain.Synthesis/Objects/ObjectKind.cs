namespace TaskGrain.Synthesis;

/// <summary>A sort of object: its shape, its sizes, what it can do and what people call it.</summary>
internal sealed record ObjectKind
{
    /// <summary>The kind's own name, unique in its catalogue.</summary>
    public required string Name { get; init; }

    public required Sprite Sprite { get; init; }

    /// <summary>
    /// Size in cm at size 1; of a flat object: width and depth on the table, height is its thickness.
    /// </summary>
    public required double Width { get; init; }

    public required double Height { get; init; }

    public required double Depth { get; init; }

    public required Affordance Can { get; init; }

    /// <summary>What people call it, the most usual first.</summary>
    public required IReadOnlyList<string> Nouns { get; init; }

    /// <summary>A colour set of <see cref="Palette"/>.</summary>
    public required IReadOnlyList<NamedColor> Colors { get; init; }

    /// <summary>Surfaces it comes in.</summary>
    public IReadOnlyList<Finish> Finishes { get; init; } = [Finish.Matte];

    /// <summary>Words for what it is made of; rarely said.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Parts that a finger can touch or move.</summary>
    public IReadOnlyList<string> Parts { get; init; } = ["edge", "side", "corner"];

    /// <summary>Drawn lying on the table unless something holds it up.</summary>
    public bool LiesFlat { get; init; }

    /// <summary>How often it is chosen beside the others.</summary>
    public double Weight { get; init; } = 1;

    public bool Has(Affordance all) => (Can & all) == all;
}
