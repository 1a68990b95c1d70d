using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class RateMeterTests
{
    [Fact]
    public void The_rate_is_units_by_time_and_later_that_of_the_last_window()
    {
        var clock = new Clock();
        var meter = new RateMeter(clock);

        Assert.Equal(0, meter.Add(7)); // no time has passed
        clock.Seconds = 0.5;
        Assert.Equal(20, meter.Add(3), 1e-9); // 10 units in half a second
        clock.Seconds = 12.5;
        Assert.Equal(2, meter.Add(15), 1e-9); // 25 units in 12.5 s; half of both is kept
        clock.Seconds = 18.75;
        Assert.Equal(5, meter.Add(50), 1e-9); // 12.5 + 50 units in 6.25 + 6.25 s
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
