using TaskGrain.Lab.Studies;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class PrecisionPageTests
{
    [Fact]
    public void Means_deviations_and_the_difference_are_those_computed_by_hand()
    {
        // 60, 65 and 70 percent: s = 5, and 4.302653 (Student's t, 2 degrees of freedom) · 5 / √3 = 12.42.
        // 59, 63 and 70 percent: s = √((25 + 1 + 36) / 2) = 5.57, and so 13.83.
        StudyPage page = PrecisionPage.Of(
            new PrecisionStudyResult(
                [Run(120, 150, 120), Run(130, 150, 180), Run(140, 150, 60)],
                [Run(118, 140, 90), Run(126, 150, 90), Run(140, 160, 90)]
            ),
            Pages.Origin
        );

        Assert.Equal(["65.0 ± 12.4", "5.0", "75.0 ± 0.0", "2.0", "60.0, 65.0, 70.0"], Pages.Cells(page, "float32"));
        Assert.Equal(["64.0 ± 13.8", "5.6", "75.0 ± 12.4", "1.5", "59.0, 63.0, 70.0"], Pages.Cells(page, "bfloat16"));

        // −1, −2 and 0: mean −1, s = 1, ± 4.302653 / √3 = 2.48; t = −√3, and with 2 degrees of freedom
        // p = 1 − √3 / √5.
        Assert.Equal(["−1.0", "−3.5 to +1.5", "0.2254"], Pages.Cells(page, "bfloat16 − float32"));
        Assert.Contains("Percent of 200 test clips", page.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "3 runs each, training seeds 1 to 3; set over the preset: training.epochs=1",
            page.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "- training time of all models on this page: 0:10:30",
            page.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("- finished: 2026-01-02 03:04 UTC", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_run_has_no_interval_and_nothing_to_compare()
    {
        StudyPage page = PrecisionPage.Of(
            new PrecisionStudyResult([Run(120, 150, 60)], [Run(100, 150, 60)]),
            Pages.Origin
        );

        Assert.Equal(["60.0", "", "75.0", "1.0", "60.0"], Pages.Cells(page, "float32"));
        Assert.DoesNotContain("bfloat16 − float32", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("one run each, training seed 1", page.ToString(), StringComparison.Ordinal);
    }

    private static StudyMeasurement Run(int right, int probe, double seconds) =>
        new()
        {
            Clips = 200,
            Categories = Pages.Right(right, 200),
            Probe = Pages.Right(probe, 200),
            TrainingSeconds = seconds,
        };
}
