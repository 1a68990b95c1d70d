using TaskGrain.Evaluation.Statistics;

namespace TaskGrain.Tests.Evaluation.Statistics;

public sealed class PairedTestTests
{
    // Student's sleep data (1908): R's t.test(extra ~ group, paired = TRUE) gives t = -4.0621, p = 0.002833, and an
    // interval of the difference from -2.4598858 to -0.7001142.
    private static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void The_t_test_is_the_textbook_s()
    {
        var test = PairedTest.Of(First, Second);

        Assert.Equal(-1.58, test.Difference.Mean, 1e-9);
        Assert.Equal(0.002832890, test.StudentP, 1e-7);
        Assert.Equal(-2.4598858, test.Difference.Low, 1e-6);
        Assert.Equal(-0.7001142, test.Difference.High, 1e-6);
    }

    // Differences of 1 and 0: their mean is their standard error, so t = 1, and Cauchy's quartiles are at ±1.
    [Fact]
    public void With_two_pairs_the_p_value_is_cauchys()
    {
        Assert.Equal(0.5, PairedTest.Of([1, 0], [0, 0]).StudentP, 1e-12);
        Assert.Equal(0.5, PairedTest.Of([0, 0], [1, 0]).StudentP, 1e-12);
    }

    // With 2 degrees of freedom p = 1 − |t| / √(2 + t²); here t = 2000 / (1 / √3).
    [Fact]
    public void A_small_p_value_keeps_its_digits()
    {
        double t = 2000 * Math.Sqrt(3);

        // 1 − t / √(2 + t²) = 1 / t² to the third order.
        Assert.Equal(1 / (t * t), PairedTest.Of([1999, 2000, 2001], [0, 0, 0]).StudentP, 1e-13);
    }

    [Fact]
    public void The_permutation_test_counts_sign_patterns()
    {
        // All ten differences have one sign (one is 0, so its two patterns count both): 2 · 2 of 1024.
        Assert.Equal(4 / 1024.0, PairedTest.Of(First, Second).PermutationP, 1e-12);
        Assert.Equal(1, PairedTest.Of([1, 2], [2, 1]).PermutationP, 1e-12);
    }

    [Fact]
    public void Many_pairs_are_sampled_and_agree_with_the_t_test()
    {
        double[] first = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i) + 0.2)];
        double[] second = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(3 * i))];
        var test = PairedTest.Of(first, second);

        Assert.Equal(test.StudentP, test.PermutationP, 0.02);
    }

    [Fact]
    public void Equal_series_differ_by_nothing()
    {
        var test = PairedTest.Of([1, 2, 3], [1, 2, 3]);

        Assert.Equal((1, 1), (test.StudentP, test.PermutationP));
    }

    [Fact]
    public void Series_of_different_length_cannot_be_paired() =>
        Assert.Throws<ArgumentException>(() => PairedTest.Of([1, 2], [1, 2, 3]));

    [Fact]
    public void Holm_multiplies_by_the_tests_that_are_left() =>
        Assert.Equal(
            [0.03, 0.06, 0.06, 0.02],
            HolmCorrection.Correct([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12))
        );
}
