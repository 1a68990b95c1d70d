namespace TaskGrain.Synthesis;

/// <summary>All scripts of one of the generator's worlds.</summary>
internal sealed class ActionBook
{
    private readonly Dictionary<string, ActionScript> _byTemplate = new(StringComparer.Ordinal);

    private ActionBook(IEnumerable<ActionScript> scripts)
    {
        foreach (ActionScript script in scripts)
        {
            _byTemplate.Add(script.Template, script);
        }
    }

    /// <summary>The scripts of Something-Something categories.</summary>
    public static ActionBook Something { get; } =
        new([
            .. PuttingScripts.All,
            .. MovingScripts.All,
            .. TakingScripts.All,
            .. FallingScripts.All,
            .. RollingScripts.All,
            .. PokingScripts.All,
            .. CameraScripts.All,
            .. ShapeScripts.All,
            .. SubstanceScripts.All,
            .. FixingScripts.All,
        ]);

    /// <summary>The scripts of the kitchenware classes.</summary>
    public static ActionBook Kitchenware { get; } = new(KitchenScripts.All);

    public IReadOnlyCollection<string> Templates => _byTemplate.Keys;

    public bool TryFind(string template, out ActionScript script) => _byTemplate.TryGetValue(template, out script!);
}
