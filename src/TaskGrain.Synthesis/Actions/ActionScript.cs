namespace TaskGrain.Synthesis;

/// <summary>What an object must be able to do to play a part.</summary>
/// <param name="Can">All of these.</param>
/// <param name="Cannot">None of these.</param>
internal readonly record struct Role(Affordance Can, Affordance Cannot = Affordance.None)
{
    /// <summary>Height limits, cm.</summary>
    public double MaxHeight { get; init; } = 99;

    /// <summary>Width limit, cm.</summary>
    public double MaxWidth { get; init; } = 99;

    public double MinWidth { get; init; }

    public double MinHeight { get; init; }

    public double MinDepth { get; init; }

    /// <summary>Only this kind; null for any.</summary>
    public string? Name { get; init; }

    /// <summary>True: only things that lie flat, false: only upright ones, null: any.</summary>
    public bool? Flat { get; init; }

    public static implicit operator Role(Affordance can) => new(can);

    public bool Fits(ObjectKind kind) =>
        kind.Height <= MaxHeight
        && kind.Width <= MaxWidth
        && kind.Width >= MinWidth
        && kind.Height >= MinHeight
        && kind.Depth >= MinDepth
        && (Name is null || Name == kind.Name)
        && (Flat is null || Flat == kind.LiesFlat);
}

/// <summary>How one category is acted out.</summary>
/// <param name="Template">The category's official text, with its brackets.</param>
/// <param name="Roles">The objects, in the order of the placeholders that name them.</param>
/// <param name="Play">Directs the clip.</param>
internal sealed record ActionScript(string Template, IReadOnlyList<Role> Roles, Action<Director> Play)
{
    /// <summary>The table must end in the picture at one side.</summary>
    public bool NeedsEdge { get; init; }

    /// <summary>The script says itself what stands in each bracket.</summary>
    public bool OwnWords { get; init; }

    /// <summary>Number of brackets in the template.</summary>
    public int Brackets { get; } = Template.Count(c => c == '[');
}
