using TaskGrain.Evaluation.Statistics;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Evaluation.Statistics;

public sealed class IntervalTests
{
    // Tables of Student's t, such as NIST/SEMATECH e-Handbook, section 1.3.6.7.2.
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(4, 2.776)]
    [InlineData(9, 2.262)]
    [InlineData(30, 2.042)]
    [InlineData(1000, 1.962)]
    public void Critical_values_are_the_printed_ones(int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Critical(0.95, degrees), 5e-4);

    [Fact]
    public void P_values_are_the_known_ones()
    {
        Assert.Equal(1, StudentT.TwoSided(0, 5), 1e-12);
        Assert.Equal(0.05, StudentT.TwoSided(2.2621571627982, 9), 1e-9);
        Assert.Equal(0.5, StudentT.TwoSided(1, 1), 1e-12); // Cauchy: quartiles at ±1
        Assert.Equal(StudentT.TwoSided(3, 7), StudentT.TwoSided(-3, 7));
    }

    [Fact]
    public void The_interval_of_a_mean_is_the_textbook_s()
    {
        // Student's own sleep data (1908), second group: mean 2.33, s = 2.002249, n = 10, so ± 2.262157 · 2.002249 /
        // √10.
        var interval = MeanInterval.Of([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

        Assert.Equal(2.33, interval.Mean, 1e-12);
        Assert.Equal(0.8976775, interval.Low, 1e-6);
        Assert.Equal(3.7623225, interval.High, 1e-6);
    }

    [Fact]
    public void Runs_without_spread_have_an_interval_of_no_width_and_a_single_run_has_none()
    {
        Assert.Equal(0, MeanInterval.Of([0.5, 0.5, 0.5]).HalfWidth, 1e-12);
        Assert.True(double.IsNaN(MeanInterval.Of([0.5]).HalfWidth));
    }

    [Fact]
    public void The_interval_covers_the_true_mean_in_95_of_100_experiments()
    {
        var random = new SeededRandom(1);
        int covered = 0;
        const int Experiments = 4000;
        for (int i = 0; i < Experiments; i++)
        {
            var interval = MeanInterval.Of([.. Enumerable.Range(0, 10).Select(_ => 3 + (2 * random.NextGaussian()))]);
            covered += interval.Low <= 3 && interval.High >= 3 ? 1 : 0;
        }

        Assert.InRange(covered / (double)Experiments, 0.94, 0.96);
    }
}
