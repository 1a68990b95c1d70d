using TaskGrain.Inference.Features;

namespace TaskGrain.Tests.Inference.Features;

public sealed class WindowPlanTests
{
    [Theory]
    [InlineData(49, 48, 0.5)]
    [InlineData(1000, 48, 0.5)]
    [InlineData(97, 16, 0.0)]
    [InlineData(33, 8, 0.9)]
    public void Every_step_is_taken_once_from_a_window_that_holds_it(int steps, int length, double overlap)
    {
        IReadOnlyList<FeatureWindow> windows = WindowPlan.Create(steps, length, overlap);

        Assert.Equal(0, windows[0].From);
        Assert.Equal(steps, windows[^1].To);
        for (int i = 0; i < windows.Count; i++)
        {
            Assert.InRange(windows[i].From, windows[i].Start, windows[i].To - 1);
            Assert.InRange(windows[i].To, windows[i].From + 1, windows[i].Start + length);
            Assert.True(i == 0 || windows[i].From == windows[i - 1].To);
            Assert.InRange(windows[i].Start, 0, steps - length);
        }
    }

    [Fact]
    public void With_half_overlap_no_vector_lies_nearer_than_a_quarter_to_an_edge_within_the_video()
    {
        IReadOnlyList<FeatureWindow> windows = WindowPlan.Create(500, 48, 0.5);

        Assert.All(windows.Skip(1), window => Assert.True(window.From - window.Start >= 12));
        Assert.All(windows.SkipLast(1), window => Assert.True(window.Start + 48 - window.To >= 12));
    }

    [Theory]
    [InlineData(48, 0)]
    [InlineData(47, 0)]
    [InlineData(40, -4)]
    [InlineData(1, -23)]
    public void A_video_that_fits_is_one_window_padded_on_both_sides(int steps, int start) =>
        Assert.Equal([new FeatureWindow(start, 0, steps)], WindowPlan.Create(steps, 48, 0.5));
}
