using TaskGrain.Cli.Terminal;

namespace TaskGrain.Tests.Cli.Terminal;

public sealed class ProgressDisplayTests
{
    [Fact]
    public void Elsewhere_than_on_a_terminal_progress_is_plain_lines()
    {
        using var writer = new StringWriter();
        using (var display = new ProgressDisplay(writer))
        {
            display.Report(new WorkProgress("packing", 0, 400, "clips", 0));
            display.Report(new WorkProgress("packing", 1, 400, "clips", 20)); // a moment later: not shown
            display.Note("a note");
            display.Report(new WorkProgress("packing", 400, 400, "clips", 31.25, "2 failed"));
            display.Report(new WorkProgress("verifying", 100, 0, "clips", 0));
        }

        Assert.Equal(
            [
                "packing  0/400 clips",
                "a note",
                "packing  400/400 clips  31.3 clips/s  2 failed",
                "verifying  100 clips",
            ],
            writer.ToString().TrimEnd('\n').Split('\n')
        );
    }

    [Theory]
    [InlineData(399, 1, "399/400 clips  1 clips/s  1s left")]
    [InlineData(0, 4, "0/400 clips  4 clips/s  1m40s left")]
    [InlineData(0, 0.1, "0/400 clips  0.1 clips/s  1h06m left")]
    public void The_time_left_follows_from_the_rate(long done, double rate, string expected) =>
        Assert.Equal(expected, ProgressText.Figures(new WorkProgress("packing", done, 400, "clips", rate)));

    [Fact]
    public void A_terminal_that_is_gone_does_not_disturb_the_work()
    {
        using var display = new ProgressDisplay(new GoneTerminal());

        display.Report(new WorkProgress("packing", 1, 2, "clips", 0));
        display.Note("a note");
    }

    private sealed class GoneTerminal : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Input/output error");
    }
}
