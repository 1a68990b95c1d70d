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

    // Five runs that got 60, 61, 62, 63 and 64 of 100 right: the mean is 62, and the clips are still 100.
    [Fact]
    public void A_mean_number_of_successes_lies_between_its_neighbours()
    {
        Assert.Equal(Interval.Wilson(62, 100), Interval.Wilson(62.0, 100));
        Assert.InRange(Interval.Wilson(62.5, 100).Low, Interval.Wilson(62, 100).Low, Interval.Wilson(63, 100).Low);
        Assert.Equal(0.522098, Interval.Wilson(62, 100).Low, 1e-6);
        Assert.Equal(0.709024, Interval.Wilson(62, 100).High, 1e-6);
    }
}
