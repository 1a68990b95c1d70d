namespace TaskGrain.Metrics;

/// <summary>
/// Settings of METEOR 1.5 for English; the defaults are its "rank" task, the one captions are published with.
/// </summary>
public sealed record MeteorOptions
{
    /// <summary>METEOR's weights of the task "rank", handed to modules by their position in the list.</summary>
    private static readonly double[] TaskWeights = [1.0, 0.6, 0.8, 0.6];

    /// <summary>
    /// The modules, in order of preference. As in METEOR's <c>-m</c>, the weights 1.0, 0.6, 0.8, 0.6 go by position,
    /// not by name.
    /// </summary>
    public IReadOnlyList<MeteorModule> Modules { get; init; } =
    [MeteorModule.Exact, MeteorModule.Stem, MeteorModule.Synonym];

    /// <summary>
    /// METEOR's <c>-norm</c>: lower case, punctuation split off. Without it tokens are compared as they are.
    /// </summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Weight of recall against precision, 0 to 1.</summary>
    public double Alpha { get; init; } = 0.85;

    /// <summary>Exponent of the fragmentation.</summary>
    public double Beta { get; init; } = 0.2;

    /// <summary>Largest penalty for fragmentation, 0 to 1.</summary>
    public double Gamma { get; init; } = 0.6;

    /// <summary>Weight of content words against function words, 0 to 1.</summary>
    public double Delta { get; init; } = 0.75;

    /// <summary>Alignments kept at each step of the search.</summary>
    public int BeamWidth { get; init; } = 40;

    /// <summary>
    /// The table for <see cref="MeteorModule.Paraphrase"/>; needed if and only if that module is listed.
    /// </summary>
    public ParaphraseTable? Paraphrases { get; init; }

    /// <summary>The weight of each module of <see cref="Modules"/>.</summary>
    internal double[] Weights =>
        [.. Modules.Select((_, position) => position < TaskWeights.Length ? TaskWeights[position] : 0)];

    /// <summary>Lists every fault of these options; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Modules.Count == 0)
        {
            faults.Add("Modules is empty; METEOR needs at least one module.");
        }

        foreach (var (name, value) in new[] { (nameof(Alpha), Alpha), (nameof(Gamma), Gamma), (nameof(Delta), Delta) })
        {
            if (!(value is >= 0 and <= 1))
            {
                faults.Add($"{name} is {value}; it must lie between 0 and 1.");
            }
        }

        if (!(Beta >= 0))
        {
            faults.Add($"Beta is {Beta}; it must not be negative.");
        }

        if (BeamWidth < 1)
        {
            faults.Add($"BeamWidth is {BeamWidth}; it must be at least 1.");
        }

        if (Modules.Contains(MeteorModule.Paraphrase) != Paraphrases is not null)
        {
            faults.Add("The module paraphrase and a table in Paraphrases go together; one of them is missing.");
        }

        return faults;
    }
}
