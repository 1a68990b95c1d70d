using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class CaptionPageTests
{
    // Two runs on 50 clips. With 1 degree of freedom Student's t is 12.706, and the standard error of two numbers is
    // half their difference.
    private static readonly StudyMeasurement[] Joint =
    [
        Run(Pages.Right(20, 50), probe: 30, captions: 10, template: 5, nearest: 10, cider: 1),
        Run(Pages.Right(24, 50), probe: 32, captions: 14, template: 9, nearest: 15, cider: 2),
    ];

    private static readonly StudyMeasurement[] Alone =
    [
        Run(null, probe: 25, captions: 8, template: null, nearest: 4, cider: 1),
        Run(null, probe: 25, captions: 11, template: null, nearest: 6, cider: 1),
    ];

    [Fact]
    public void Rows_are_the_means_over_runs()
    {
        StudyPage page = CaptionPage.Of(new CaptionStudyResult(Joint, Alone, null, 0), Pages.Origin);

        // Exact 20 and 28 percent: 24 ± 12.706 · 4; classifier 40 and 48; probe 60 and 64.
        Assert.Equal(
            ["24.0 ± 50.8", "25.0 ± 0.0", "50.0 ± 0.0", "12.5 ± 0.0", "1.50", "44.0 ± 50.8", "62.0 ± 25.4"],
            Pages.Cells(page, "joint, λ = 0.1")
        );

        // Exact 16 and 22 percent: 19 ± 12.706 · 3. No classifier was trained.
        Assert.Equal(
            ["19.0 ± 38.1", "25.0 ± 0.0", "50.0 ± 0.0", "12.5 ± 0.0", "1.00", "", "50.0 ± 0.0"],
            Pages.Cells(page, "captions alone, λ = 0")
        );
        Assert.Equal("14.0 ± 50.8", Pages.Cells(page, "template baseline")[0]);
        Assert.Equal("25.0 ± 63.5", Pages.Cells(page, "nearest neighbour, joint encoding")[0]);
        Assert.Equal("10.0 ± 25.4", Pages.Cells(page, "nearest neighbour, captions-alone encoding")[0]);
        Assert.Contains("over 2 runs, on 50 test clips", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("## Trained for longer", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_are_paired_run_by_run()
    {
        StudyPage page = CaptionPage.Of(new CaptionStudyResult(Joint, Alone, null, 0), Pages.Origin);

        // With 1 degree of freedom p = 1 − 2/π · arctan |t|. Exact: +4 and +6, t = 5; probe: +10 and +14, t = 6;
        // nearest neighbour: 0 and −2, t = −1.
        Assert.Equal(["+5.0", "−7.7 to +17.7", "0.1257"], Pages.Cells(page, "exact match: joint − alone"));
        Assert.Equal(["+12.0", "−13.4 to +37.4", "0.1051"], Pages.Cells(page, "linear probe: joint − alone"));
        Assert.Equal(["+10.0", "+10.0 to +10.0", "0.0000"], Pages.Cells(page, "exact match: joint − template"));
        Assert.Equal(["−1.0", "−13.7 to +11.7", "0.5000"], Pages.Cells(page, "exact match: joint − nearest neighbour"));
    }

    [Fact]
    public void A_model_trained_for_longer_is_set_beside_the_first_with_intervals_over_clips()
    {
        StudyMeasurement longer = Run(Pages.Right(30, 50), probe: 0, captions: 15, template: 12, nearest: 0, cider: 3);

        StudyPage page = CaptionPage.Of(new CaptionStudyResult(Joint, Alone, longer, 4), Pages.Origin);

        // Wilson's intervals of 10, 5, 15 and 12 of 50.
        Assert.Equal(["20.0 (11.2 to 33.0)", "25.0", "1.00", "40.0"], Pages.Cells(page, "as above"));
        Assert.Equal(["10.0 (4.3 to 21.4)", "25.0", "1.00", ""], Pages.Cells(page, "as above, template baseline"));
        Assert.Equal(["30.0 (19.1 to 43.8)", "25.0", "3.00", "60.0"], Pages.Cells(page, "after 4 epochs more"));
        Assert.Equal("24.0 (14.3 to 37.4)", Pages.Cells(page, "after 4 epochs more, template baseline")[0]);

        // Five models of 60 seconds.
        Assert.Contains(
            "- training time of all models on this page: 0:05:00",
            page.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_single_run_has_differences_without_intervals()
    {
        StudyPage page = CaptionPage.Of(new CaptionStudyResult([Joint[0]], [Alone[0]], null, 0), Pages.Origin);

        Assert.Equal("20.0", Pages.Cells(page, "joint, λ = 0.1")[0]);
        Assert.Equal(["+4.0", "one run", ""], Pages.Cells(page, "exact match: joint − alone"));
    }

    private static StudyMeasurement Run(
        AccuracyRow? classifier,
        int probe,
        int captions,
        int? template,
        int nearest,
        double cider
    ) =>
        new()
        {
            Clips = 50,
            Categories = classifier,
            Probe = Pages.Right(probe, 50),
            Captions = Pages.Exact(captions, 50, cider),
            Template = template is { } exact ? Pages.Exact(exact, 50) : null,
            Nearest = Pages.Exact(nearest, 50),
            TrainingSeconds = 60,
        };
}
