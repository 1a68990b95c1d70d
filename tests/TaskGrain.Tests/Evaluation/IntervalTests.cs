using TaskGrain.Evaluation;

namespace TaskGrain.Tests.Evaluation;

public sealed class IntervalTests
{
    [Theory]
    [InlineData(8, 10)]
    [InlineData(1, 3)]
    [InlineData(0, 10)]
    [InlineData(10, 10)]
    [InlineData(12345, 24777)]
    public void Wilson_ends_are_the_proportions_that_the_normal_test_just_accepts(int successes, int trials)
    {
        Interval interval = Interval.Wilson(successes, trials);

        // By definition (p - x)^2 = z^2 x (1 - x) / n at both ends x.
        double p = (double)successes / trials;
        foreach (double x in new[] { interval.Low, interval.High })
        {
            Assert.Equal((p - x) * (p - x), 1.959963984540054 * 1.959963984540054 * x * (1 - x) / trials, 1e-12);
        }

        Assert.InRange(p, interval.Low, interval.High);
        Assert.InRange(interval.Low, 0, interval.High);
        Assert.InRange(interval.High, interval.Low, 1);
    }

    [Fact]
    public void Eight_of_ten_give_the_textbook_interval()
    {
        Assert.Equal(0.490162, Interval.Wilson(8, 10).Low, 1e-6);
        Assert.Equal(0.943318, Interval.Wilson(8, 10).High, 1e-6);
    }

    [Fact]
    public void No_trials_leave_everything_open() => Assert.Equal(new Interval(0, 1), Interval.Wilson(0, 0));

    [Fact]
    public void Wilson_refuses_more_successes_than_trials() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Wilson(3, 2));

    [Fact]
    public void The_bootstrap_of_a_proportion_is_close_to_wilson_and_repeats_with_its_seed()
    {
        double[] values = Enumerable.Range(0, 400).Select(i => i < 120 ? 1.0 : 0.0).ToArray();
        Interval wilson = Interval.Wilson(120, 400);

        Interval bootstrap = Interval.BootstrapMean(values, seed: 5);

        Assert.Equal(wilson.Low, bootstrap.Low, 0.01);
        Assert.Equal(wilson.High, bootstrap.High, 0.01);
        Assert.Equal(bootstrap, Interval.BootstrapMean(values, seed: 5));
    }

    [Fact]
    public void The_bootstrap_of_equal_values_has_no_width() =>
        Assert.Equal(new Interval(2, 2), Interval.BootstrapMean([2, 2, 2]));

    [Fact]
    public void The_bootstrap_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.BootstrapMean([]));
}
