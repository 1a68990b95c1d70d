using TaskGrain.Lab.Reproduction;

namespace TaskGrain.Tests.Lab.Reproduction;

public sealed class VerdictTests
{
    private static readonly ComputeSite Here = new("one", "float32");
    private static readonly ComputeSite There = new("another", "float32");

    [Fact]
    public void A_difference_that_every_seed_shows_holds()
    {
        // Differences 0.10, 0.12, 0.11, 0.13, 0.09: mean 0.11, s = 0.015811, error 0.0070711, t = 15.5563 with 4
        // degrees of freedom, one-sided p = 0.0000498.
        Verdict verdict = Judge(Here, [0.10, 0.12, 0.11, 0.13, 0.09]);

        Assert.Equal(VerdictKind.Holds, verdict.Kind);
        Assert.Equal(0.0000498, verdict.HoldsP, 0.0000005);
        Assert.Equal(0.11, verdict.Comparisons[0].Interval.Mean, 12);
    }

    [Fact]
    public void The_same_difference_the_other_way_round_does_not_hold() =>
        Assert.Equal(VerdictKind.DoesNotHold, Judge(Here, [-0.10, -0.12, -0.11, -0.13, -0.09]).Kind);

    [Fact]
    public void A_difference_that_changes_its_sign_is_undecided() =>
        Assert.Equal(VerdictKind.Undecided, Judge(Here, [0.1, -0.12, 0.11, -0.08, 0.02]).Kind);

    [Fact]
    public void One_seed_measures_nothing() => Assert.Equal(VerdictKind.NotMeasured, Judge(Here, [0.5]).Kind);

    [Fact]
    public void Measurements_of_different_sites_are_not_paired()
    {
        Measurement[] measured =
        [
            .. Enumerable.Range(1, 5).Select(seed => Measured("a", seed, Here)),
            .. Enumerable.Range(1, 5).Select(seed => Measured("b", seed, There)),
        ];

        Assert.Equal(VerdictKind.NotMeasured, Verdict.Of([Claim("a", "b")], measured)[0].Kind);
    }

    [Fact]
    public void The_site_with_most_seeds_decides()
    {
        Measurement[] measured =
        [
            .. Enumerable.Range(1, 2).SelectMany(seed => Pair(seed, There)),
            .. Enumerable.Range(1, 4).SelectMany(seed => Pair(seed, Here)),
        ];

        ComparisonResult result = Verdict.Of([Claim("a", "b")], measured)[0].Comparisons[0];
        Assert.Equal(Here, result.Site);
        Assert.Equal(4, result.Differences.Count);

        static Measurement[] Pair(int seed, ComputeSite site) => [Measured("a", seed, site), Measured("b", seed, site)];
    }

    [Fact]
    public void A_claim_of_several_comparisons_is_as_strong_as_its_weakest()
    {
        double[] strong = [0.10, 0.12, 0.11, 0.13, 0.09];
        double[] weak = [0.1, -0.12, 0.11, -0.08, 0.02];
        Claim claim = new(1, "both", PaperPart.Table1, [Comparison("strong", strong), Comparison("weak", weak)]);

        Verdict verdict = Verdict.Of([claim], Seeds(Here, 5))[0];
        Assert.Equal(VerdictKind.Undecided, verdict.Kind);
        Assert.Equal(verdict.Comparisons[1].AboveP, verdict.HoldsP, 12);
    }

    [Fact]
    public void A_family_of_claims_is_corrected()
    {
        double[] differences = [0.02, 0.04, 0.03]; // t = 5.19615 with 2 degrees of freedom: one-sided p = 0.017549
        Claim[] one = [new(1, "", PaperPart.Table1, [Comparison("x", differences)])];
        Claim[] two = [.. one, new(2, "", PaperPart.Table1, [Comparison("y", differences)])];

        Verdict alone = Verdict.Of(one, Seeds(Here, 3))[0];
        Assert.Equal(VerdictKind.Holds, alone.Kind);
        Assert.Equal(0.017549, alone.HoldsP, 0.000001);

        Verdict first = Verdict.Of(two, Seeds(Here, 3))[0];
        Assert.Equal(VerdictKind.Undecided, first.Kind); // 2 × 0.017549 is above 0.025
        Assert.Equal(2 * 0.017549, first.HoldsP, 0.000002);
    }

    [Fact]
    public void At_least_as_good_allows_for_its_margin()
    {
        double[] slightlyWorse = [-0.004, -0.005, -0.006, -0.005, -0.005];
        Claim strict = new(1, "", PaperPart.Table1, [Comparison("x", slightlyWorse)]);
        Claim allowing = new(1, "", PaperPart.Table1, [Comparison("x", slightlyWorse, margin: 0.01)]);

        Assert.Equal(VerdictKind.DoesNotHold, Verdict.Of([strict], Seeds(Here, 5))[0].Kind);
        Assert.Equal(VerdictKind.Holds, Verdict.Of([allowing], Seeds(Here, 5))[0].Kind);
    }

    [Fact]
    public void Equal_differences_of_few_seeds_prove_nothing()
    {
        Verdict verdict = Judge(Here, [-0.25, -0.25]);

        Assert.Equal(VerdictKind.Undecided, verdict.Kind);
        Assert.Equal(0.25, verdict.Comparisons[0].BelowP, 12); // both signs by chance: one half each
    }

    [Fact]
    public void Power_counts_the_seeds_that_a_point_would_take()
    {
        // s = 0.01, the difference sought 0.01: n ≥ (t(0.975, n−1) + t(0.8, n−1))². n = 10: (2.2622 + 0.8834)² = 9.895;
        // n = 9: (2.3060 + 0.8889)² = 10.21.
        var result = new ComparisonResult("x", Here, [0.02, 0.04, 0.03], 0);

        Assert.Equal(10, result.SeedsToFind(0.01));
        Assert.Null(new ComparisonResult("x", Here, [0.02], 0).SeedsToFind(0.01));
    }

    private static Verdict Judge(ComputeSite site, double[] differences) =>
        Verdict.Of([new(1, "", PaperPart.Table1, [Comparison("x", differences)])], Seeds(site, differences.Length))[0];

    private static ClaimComparison Comparison(string name, double[] differences, double margin = 0) =>
        new(name, seed => differences[seed.Seed - 1], _ => 0, margin);

    private static Measurement[] Seeds(ComputeSite site, int count) =>
        [.. Enumerable.Range(1, count).Select(seed => Measured("a", seed, site))];

    private static Claim Claim(string first, string second) =>
        new(1, "", PaperPart.Table1, [new("x", seed => seed[first]?.Seconds, seed => seed[second]?.Seconds)]);

    private static Measurement Measured(string stem, int seed, ComputeSite site) =>
        new()
        {
            Id = $"{stem}_s{seed}",
            Seed = seed,
            Site = site,
            Program = "",
            Finished = DateTime.UnixEpoch,
            Seconds = seed * (stem == "a" ? 0.1 : 0.07),
            Data = "",
        };
}
