using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

public sealed class SchedulesTests
{
    [Theory]
    [InlineData("1:0.1:linear:2:4", new[] { 1, 1, 0.775, 0.55, 0.325, 0.1, 0.1 })]
    [InlineData("1:0.1:cosine:2:4", new[] { 1, 1, 0.868198, 0.55, 0.231802, 0.1, 0.1 })]
    [InlineData("1:0.1:linear:3:0", new[] { 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1 })]
    [InlineData("0.3", new[] { 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3 })]
    public void Lambda_at_the_beginning_of_epochs(string text, double[] expected)
    {
        LossSchedule schedule = LossSchedule.Parse(text).For(20);
        double[] moments = [0, 2, 3, 4, 5, 6, 7];

        Assert.All(moments.Zip(expected), pair => Assert.Equal(pair.Second, schedule.At(pair.First), 6));
    }

    [Fact]
    public void Stairs_drop_at_the_beginnings_of_epochs_alone()
    {
        LossSchedule schedule = LossSchedule.Parse("1:0.2:steps:0:4");

        Assert.Equal(
            [1, 1, 0.8, 0.8, 0.6, 0.4, 0.2, 0.2],
            new[] { 0, 0.99, 1, 1.5, 2.5, 3, 4, 9 }.Select(at => Math.Round(schedule.At(at), 9))
        );
    }

    [Fact]
    public void Start_and_end_are_exact_and_by_default_span_the_middle_of_the_run()
    {
        LossSchedule schedule = new LossSchedule { End = 0 }.For(10);

        Assert.Equal((2.0, 4.0), (schedule.FromEpoch, schedule.Length));
        Assert.Equal((1.0, 0.0), (schedule.At(2), schedule.At(6)));
        Assert.Equal((true, true, 0.0), (schedule.UsesClasses, schedule.UsesCaptions, schedule.Final));
        Assert.Equal((true, false), (LossSchedule.Constant(1).UsesClasses, LossSchedule.Constant(1).UsesCaptions));
        Assert.Equal((false, true), (LossSchedule.Constant(0).UsesClasses, LossSchedule.Constant(0).UsesCaptions));
    }

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("1:")]
    [InlineData("1:0.1:zigzag")]
    [InlineData("1:0.1:linear:2:3:4")]
    public void Another_form_is_refused(string text) =>
        Assert.Contains(
            "write a number such as 0.1, or START:END",
            Assert.Throws<TaskGrainException>(() => LossSchedule.Parse(text)).Message,
            StringComparison.Ordinal
        );

    /// <summary>
    /// The rates that PyTorch 2's ReduceLROnPlateau(factor 0.1, patience 2, threshold 1e-4, min_lr 1e-5) gives.
    /// </summary>
    [Fact]
    public void A_plateau_lowers_the_rate_as_PyTorch_does()
    {
        var schedule = new PlateauSchedule(new LearningRateSchedule { Minimum = 1e-5 }, new PlateauState(1e-3));
        double[] losses = [1, 0.9, 0.89999, 0.9, 0.91, 0.8, 0.8, double.NaN, 0.8, 0.79, 0.8, 0.8, 0.8];
        double[] expected = [1e-3, 1e-3, 1e-3, 1e-3, 1e-4, 1e-4, 1e-4, 1e-4, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5];

        double[] rates =
        [
            .. losses.Select(loss =>
            {
                schedule.Observe(loss);
                return schedule.State.Rate;
            }),
        ];

        Assert.All(expected.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, 12));
        Assert.True(schedule.State.Exhausted);
    }

    [Fact]
    public void Five_reductions_reach_the_authors_minimum()
    {
        var schedule = new PlateauSchedule(new LearningRateSchedule { Patience = 0 }, new PlateauState(1e-3));
        schedule.Observe(1);
        for (int i = 0; i < 5; i++)
        {
            Assert.False(schedule.State.Exhausted);
            Assert.True(schedule.Observe(1));
        }

        Assert.True(schedule.State.Exhausted);
    }

    [Fact]
    public void After_a_restart_a_higher_loss_is_no_plateau()
    {
        var schedule = new PlateauSchedule(new LearningRateSchedule { Patience = 0 }, new PlateauState(1e-3));
        schedule.Observe(1);
        schedule.Restart();

        Assert.False(schedule.Observe(2));
        Assert.True(schedule.Observe(2));
    }

    [Fact]
    public void Stopping_keeps_the_best_and_does_not_count_epochs_in_which_lambda_moves()
    {
        var stopping = new EarlyStopping(2, new EarlyStoppingState());

        Assert.True(stopping.Observe(1, 0.5, 1.0, counts: true));
        Assert.True(stopping.Observe(2, 0.5, 0.9, counts: true));
        Assert.False(stopping.Observe(3, 0.5, 0.9, counts: true));
        Assert.False(stopping.Observe(4, 0.4, 0.1, counts: false));
        Assert.False(stopping.Observe(5, 0.4, 0.1, counts: true));
        Assert.False(stopping.ShouldStop);
        Assert.False(new EarlyStopping(2, stopping.State).Observe(6, 0.4, 0.1, counts: true));
        Assert.Equal(2, stopping.State.Epoch);
        stopping.Observe(6, double.NaN, double.NaN, counts: true);
        Assert.True(stopping.ShouldStop);
    }

    [Fact]
    public void The_rate_warms_up_and_follows_the_cosine_down()
    {
        var schedule = new LearningRateSchedule
        {
            Rule = LearningRateRule.Cosine,
            WarmUpSteps = 10,
            Minimum = 1e-5,
        };

        Assert.Equal(1e-4, schedule.At(1e-3, 0, 110), 12);
        Assert.Equal(1e-3, schedule.At(1e-3, 10, 110), 12);
        Assert.Equal((1e-3 + 1e-5) / 2, schedule.At(1e-3, 60, 110), 12);
        Assert.Equal(1e-5, schedule.At(1e-3, 110, 110), 12);
        Assert.Equal(1e-3, new LearningRateSchedule().At(1e-3, 500, 1000));
    }

    [Fact]
    public void A_run_shorter_than_twice_its_warm_up_reaches_its_rate_half_way()
    {
        var schedule = new LearningRateSchedule
        {
            Rule = LearningRateRule.Cosine,
            WarmUpSteps = 200,
            Minimum = 0,
        };

        Assert.Equal(1e-3 / 50, schedule.At(1e-3, 0, 100), 12);
        Assert.Equal(1e-3, schedule.At(1e-3, 50, 100), 12);
        Assert.Equal(1e-3 / 2, schedule.At(1e-3, 75, 100), 12);
        Assert.Equal(1e-3, schedule.At(1e-3, 0, 1), 12);
        Assert.Equal(1e-3 / 2, (schedule with { Rule = LearningRateRule.Plateau }).At(1e-3, 24, 100), 12);
    }
}
