using TaskGrain.Evaluation.Statistics;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Evaluation.Statistics;

public sealed class MeanIntervalTests
{
    // Tables of Student's t, such as NIST/SEMATECH e-Handbook, section 1.3.6.7.2. The variance of the numbers 1 to n is
    // n (n + 1) / 12, so the standard error of their mean is √((n + 1) / 12).
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(4, 2.776)]
    [InlineData(9, 2.262)]
    [InlineData(30, 2.042)]
    [InlineData(1000, 1.962)]
    public void The_half_width_is_the_printed_t_times_the_standard_error(int degrees, double t)
    {
        int n = degrees + 1;

        var interval = MeanInterval.Of([.. Enumerable.Range(1, n).Select(value => (double)value)]);

        Assert.Equal(t, interval.HalfWidth / Math.Sqrt((n + 1) / 12.0), 5e-4);
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
