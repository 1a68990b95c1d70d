using MathNet.Numerics.Distributions;
using TaskGrain.Evaluation.Statistics;

namespace TaskGrain.Lab.Reproduction;

/// <summary>What the measurements say of a claim.</summary>
internal enum VerdictKind
{
    /// <summary>Too few runs to compare anything.</summary>
    NotMeasured,

    /// <summary>Every comparison is significantly as claimed.</summary>
    Holds,

    /// <summary>Some comparison is significantly the other way round.</summary>
    DoesNotHold,

    /// <summary>Neither.</summary>
    Undecided,
}

/// <summary>One comparison over the seeds.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Site">Where both sides were measured.</param>
/// <param name="Differences">First − second, one value a seed, in [−1, 1].</param>
/// <param name="Margin">The claim's bound: the difference should lie above −margin.</param>
internal sealed record ComparisonResult(string Name, ComputeSite Site, IReadOnlyList<double> Differences, double Margin)
{
    /// <summary>Mean and 95% interval over the seeds.</summary>
    public MeanInterval Interval => MeanInterval.Of(Differences);

    /// <summary>One-sided p of Student's t: how likely so large a difference is when none is above −margin.</summary>
    public double AboveP => OneSided(1);

    /// <summary>One-sided p-value of the contrary: the difference lies below −margin.</summary>
    public double BelowP => OneSided(-1);

    /// <summary>
    /// Training seeds that it would take to find a difference with 80% power in a one-sided test at 2.5%, at the
    /// spread seen: the smallest n with n ≥ (t(0.975, n−1) + t(0.8, n−1))² s² / δ².
    /// </summary>
    /// <param name="difference">δ, the smallest difference worth knowing.</param>
    /// <returns>The number; null for fewer than two seeds, which show no spread, and above 10,000.</returns>
    public int? SeedsToFind(double difference)
    {
        if (Differences.Count < 2)
        {
            return null;
        }

        double spread = MeanInterval.StandardError(Differences) * Math.Sqrt(Differences.Count);
        for (int n = 2; n <= 10_000; n++)
        {
            double t = StudentT.InvCDF(0, 1, n - 1, 0.975) + StudentT.InvCDF(0, 1, n - 1, 0.8);
            if (n >= t * t * spread * spread / (difference * difference))
            {
                return n;
            }
        }

        return null;
    }

    private double OneSided(int sign)
    {
        double shifted = sign * (Differences.Average() + Margin);
        double error = MeanInterval.StandardError(Differences);

        // Shares of a few clips may differ by the same in every seed by chance: then it is the sign test that answers.
        return error == 0
            ? shifted > 0
                ? Math.Pow(0.5, Differences.Count)
                : 1
            : StudentT.CDF(0, 1, Differences.Count - 1, -shifted / error);
    }
}

/// <summary>A claim with what was measured for it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Kind">The verdict.</param>
/// <param name="Comparisons">Its comparisons, where there are two seeds or more.</param>
/// <param name="HoldsP">p of "holds": the largest of its comparisons', after Holm's correction over the claims.</param>
/// <param name="FailsP">
/// p-value of "does not hold": the smallest of the contrary ones × their number, after Holm's correction.
/// </param>
internal sealed record Verdict(
    Claim Claim,
    VerdictKind Kind,
    IReadOnlyList<ComparisonResult> Comparisons,
    double HoldsP,
    double FailsP
)
{
    /// <summary>Level of each of the two one-sided questions.</summary>
    public const double Level = 0.025;

    /// <summary>The smallest difference worth knowing, a percentage point.</summary>
    public const double Smallest = 0.01;

    /// <summary>Judges claims on measurements.</summary>
    /// <param name="claims">The claims: one family for Holm's correction.</param>
    /// <param name="measurements">What was measured, at any sites.</param>
    /// <returns>A verdict a claim, in their order.</returns>
    public static IReadOnlyList<Verdict> Of(IReadOnlyList<Claim> claims, IReadOnlyCollection<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(claims);
        IReadOnlyList<ComparisonResult>?[] compared = [.. claims.Select(claim => Compare(claim, measurements))];
        int[] judged = [.. Enumerable.Range(0, claims.Count).Where(i => compared[i] is not null)];

        // A conjunction holds when its weakest part does; it fails when any part does, of which there are several.
        double[] holds = HolmCorrection.Correct([.. judged.Select(i => compared[i]!.Max(one => one.AboveP))]);
        double[] fails = HolmCorrection.Correct([
            .. judged.Select(i => Math.Min(1, compared[i]!.Min(one => one.BelowP) * compared[i]!.Count)),
        ]);
        return
        [
            .. claims.Select(
                (claim, i) =>
                {
                    int at = Array.IndexOf(judged, i);
                    return at < 0
                        ? new Verdict(claim, VerdictKind.NotMeasured, [], double.NaN, double.NaN)
                        : new Verdict(
                            claim,
                            holds[at] <= Level ? VerdictKind.Holds
                                : fails[at] <= Level ? VerdictKind.DoesNotHold
                                : VerdictKind.Undecided,
                            compared[i]!,
                            holds[at],
                            fails[at]
                        );
                }
            ),
        ];
    }

    /// <summary>The claim's comparisons at the site with most seeds for all of them; null below two seeds.</summary>
    private static IReadOnlyList<ComparisonResult>? Compare(Claim claim, IReadOnlyCollection<Measurement> measurements)
    {
        IReadOnlyList<ComparisonResult>? best = null;
        foreach (ComputeSite site in measurements.Select(one => one.Site).Distinct())
        {
            IReadOnlyList<SeedMeasurements> seeds = SeedMeasurements.Of(measurements, site);
            ComparisonResult[] results =
            [
                .. claim.Comparisons.Select(comparison => new ComparisonResult(
                    comparison.Name,
                    site,
                    [
                        .. seeds
                            .Select(seed => comparison.First(seed) - comparison.Second(seed))
                            .Where(difference => difference is not null)
                            .Select(difference => difference!.Value),
                    ],
                    comparison.Margin
                )),
            ];
            int least = results.Min(result => result.Differences.Count);
            if (least >= 2 && (best is null || least > best.Min(result => result.Differences.Count)))
            {
                best = results;
            }
        }

        return best;
    }
}
