namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// A statement of the paper as comparisons: it holds when every one of them does. Each compares two measurements that
/// differ in one thing and share a training seed.
/// </summary>
/// <param name="Number">1 to 12, in the order of the paper.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Part">The part of the paper it comes from.</param>
/// <param name="Comparisons">What must be so.</param>
internal sealed record Claim(int Number, string Statement, PaperPart Part, IReadOnlyList<ClaimComparison> Comparisons);

/// <summary>A difference that should lie above a bound.</summary>
/// <param name="Name">What is compared: <c>first − second</c>.</param>
/// <param name="First">A seed's value that should be the larger, in [0, 1]; null where it was not measured.</param>
/// <param name="Second">The value of the same seed that it is compared with.</param>
/// <param name="Margin">
/// The difference should lie above −<paramref name="Margin"/>: 0 for "better", above 0 for "at least as good".
/// </param>
internal sealed record ClaimComparison(
    string Name,
    Func<SeedMeasurements, double?> First,
    Func<SeedMeasurements, double?> Second,
    double Margin = 0
);

/// <summary>What was measured for one training seed at one site.</summary>
/// <param name="seed">The seed.</param>
/// <param name="runs">The measurements by the runs' names without their seed.</param>
internal sealed class SeedMeasurements(int seed, IReadOnlyDictionary<string, Measurement> runs)
{
    /// <summary>The seed.</summary>
    public int Seed { get; } = seed;

    /// <summary>A run of this seed.</summary>
    /// <param name="stem">Its name up to <c>_s</c>.</param>
    public Measurement? this[string stem] => runs.GetValueOrDefault(stem);

    /// <summary>The measurements of every seed at a site.</summary>
    /// <param name="measurements">All measurements.</param>
    /// <param name="site">The site.</param>
    public static IReadOnlyList<SeedMeasurements> Of(IEnumerable<Measurement> measurements, ComputeSite site) =>
        [
            .. measurements
                .Where(one => one.Site == site)
                .GroupBy(one => one.Seed)
                .OrderBy(ofSeed => ofSeed.Key)
                .Select(ofSeed => new SeedMeasurements(
                    ofSeed.Key,
                    ofSeed.ToDictionary(one => Stem(one.Id), StringComparer.Ordinal)
                )),
        ];

    /// <summary>A run's name without its seed.</summary>
    public static string Stem(string id) => id[..id.LastIndexOf("_s", StringComparison.Ordinal)];
}
