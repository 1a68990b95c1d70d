using System.Text.RegularExpressions;
using TaskGrain.Data;
using TaskGrain.Lab.Studies;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class RealPageTests
{
    [Fact]
    public void The_page_has_every_row_with_its_interval_and_what_gives_the_classes_away_apart()
    {
        var options = new RealOptions
        {
            Data = "clips",
            Shots = [1, null],
            Draws = 2,
            About = "Filmed in a kitchen.",
        };
        var result = new RealResult
        {
            Classes = 4,
            ClipsPerClass = [5, 5, 4, 6],
            Groups = 3,
            Split = "tested on group B; the shots are drawn from the other groups",
            Rows =
            [
                Row(RealStudy.Chosen, "", giveaway: false, [8, 8], 10),
                Row("motion", "timeline", giveaway: false, [4, 6], 9),
                Row("base + motion", "timeline", giveaway: false, [7, 7], 8),
                Row("one frame alone", "average", giveaway: true, [2, 2], 5),
            ],
            Problems =
            [
                new ClipProblem("a/1.mp4", "broken", LeftOut: true),
                new ClipProblem("b", "odd", LeftOut: false),
            ],
            Seconds = 61,
        };

        string page = RealPage
            .Of(
                "clips",
                result,
                options,
                "taskgrain reproduce real",
                new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)
            )
            .ToString();

        page = Regex.Replace(page, " +", " ");

        // Wilson's interval of 10 of 10; the mean of 40 and 60% with t(1) = 12.706, s = 14.142, n = 2.
        Assert.Contains(
            "| **what teach takes** | | 80.0 ± 0.0 | 100.0 (72.2 to 100.0) |",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("| motion | timeline | 50.0 ± 127.1 | 90.0 (59.6 to 98.2) |", page, StringComparison.Ordinal);
        Assert.Contains("4 classes, 20 clips (4 to 6 a class, 3 groups)", page, StringComparison.Ordinal);
        Assert.Contains("Filmed in a kitchen.", page, StringComparison.Ordinal);
        Assert.Contains("Tested on group B", page, StringComparison.Ordinal);
        Assert.Contains("clips left out: 1", page, StringComparison.Ordinal);
        Assert.Contains("`taskgrain reproduce real`", page, StringComparison.Ordinal);
        Assert.Contains("finished 2026-01-02 03:04 UTC", page, StringComparison.Ordinal);
        Assert.True(Place(page, "| motion ") < Place(page, "## What gives"));
        Assert.True(Place(page, "## What gives") < Place(page, "one frame alone"));
        Assert.True(Place(page, "## Sources together") < Place(page, "base + motion"));
    }

    private static int Place(string page, string text) => page.IndexOf(text, StringComparison.Ordinal);

    private static RealRow Row(string source, string classifier, bool giveaway, int[] one, int all) =>
        new(source, classifier, giveaway, [new RealCell(one, 10), new RealCell([all], 10)]);
}
