using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Lab.Studies.Generator;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class MotionPageTests
{
    private static readonly GeneratorStudyReport Still = new()
    {
        Options = new GeneratorStudyOptions { Clips = 200 },
        Categories = 3,
        Rows =
        [
            new(Glimpse.Nothing, GuessMethod.Chance, Right: null, Clips: 40, Categories: 3),
            new(Glimpse.MiddleFrame, GuessMethod.SmallNetwork, Right: 20, Clips: 40, Categories: 3),
        ],
        PerCategory =
        [
            new("Pushing", Clips: 20, First: 5, Middle: 10, Last: 0, Words: 3),
            new("Pulling", Clips: 0, First: 0, Middle: 0, Last: 0, Words: 0),
        ],
    };

    private static readonly MotionStudyResult Result = new(Still, [Run(right: 80, pushing: 30), Run(90, 40)]);

    [Fact]
    public void Every_way_to_guess_is_set_beside_the_film()
    {
        StudyPage page = MotionPage.Of(Result, Pages.Origin);

        // Wilson's intervals of 20 of 40 and of 85 of 100: both runs of the film see the same 100 clips. Chance is a
        // third, computed and not counted, so without an interval.
        Assert.Equal(["33.3", "", "0.39"], Pages.Cells(page, "nothing, chance"));
        Assert.Equal(["50.0", "35.2 to 64.8", "0.59"], Pages.Cells(page, "middle frame, small network"));
        Assert.Equal(["85.0", "76.7 to 90.7", "1.00"], Pages.Cells(page, "the film, two-channel encoder (2 runs)"));
    }

    [Fact]
    public void A_category_without_test_clips_has_no_percentages()
    {
        StudyPage page = MotionPage.Of(Result, Pages.Origin);

        // The film: 30 and 40 of 50.
        Assert.Equal(["25.0", "50.0", "0.0", "15.0", "70.0"], Pages.Cells(page, "Pushing"));
        Assert.Equal(["", "", "", "", ""], Pages.Cells(page, "Pulling"));
    }

    [Fact]
    public void The_generators_own_page_has_the_same_numbers()
    {
        string page = Still.ToMarkdown();

        Assert.Matches(@"\| middle frame, small network \| +50\.0 \| 35\.2 to 64\.8 \|", page);
        Assert.Matches(@"\| Pushing +\| +25\.0 \| +50\.0 \| +0\.0 \| +15\.0 \| +20 \|", page);
    }

    private static StudyMeasurement Run(int right, int pushing) =>
        new()
        {
            Clips = 100,
            Categories = Pages.Right(right, 100),
            PerClass = [new ClassResult("Pushing", Clips: 50, pushing, TakenForIt: 60)],
            TrainingSeconds = 1,
        };
}
