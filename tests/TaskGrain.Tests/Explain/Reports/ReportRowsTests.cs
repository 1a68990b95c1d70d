using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Explain.Reports;

public sealed class ReportRowsTests
{
    [Fact]
    public void Groups_are_counted_over_their_categories_and_the_hardest_comes_first()
    {
        // a and b are one group, c another; d has no clip.
        EvaluationReport report = SomeReports.Evaluation(
            ["a", "b", "c", "d"],
            ("1", 0, 0),
            ("2", 0, 1),
            ("3", 1, 2),
            ("4", 2, 2),
            ("5", 2, 2)
        );

        IReadOnlyList<GroupRow> rows = GroupRow.Of(report.Confusion!, ["first", "first", "second", "third"]);

        Assert.Equal(
            [
                new GroupRow("first", Categories: 2, Clips: 3, Right: 1, RightGroup: 2),
                new GroupRow("second", Categories: 1, Clips: 2, Right: 2, RightGroup: 2),
            ],
            rows
        );
    }

    [Fact]
    public void A_pair_counts_who_was_taken_for_whom()
    {
        EvaluationReport report = SomeReports.Evaluation(
            ["Picking [something] up", "Pretending to pick [something] up", "Folding [something]"],
            ("1", 0, 0),
            ("2", 0, 1),
            ("3", 0, 2),
            ("4", 1, 0),
            ("5", 1, 0),
            ("6", 2, 1)
        );

        ContrastPair pair = Assert.Single(ContrastPair.Of(report.Confusion!));

        Assert.Equal(
            new ContrastPair(
                "Picking [something] up",
                "Pretending to pick [something] up",
                ActionClips: 3,
                ActionRight: 1,
                TakenForPretence: 1,
                PretenceClips: 2,
                PretenceRight: 0,
                TakenForAction: 2
            ),
            pair
        );
        Assert.Equal(3.0 / 5, pair.Exchanged, 12);
    }

    [Theory]
    [InlineData("Pretending to put [something] on a surface", "Putting [something] on a surface")]
    [InlineData("Pretending to close [something] without actually closing it", "Closing [something]")]
    [InlineData(
        "Pretending or failing to wipe [something] off of [something]",
        "Wiping [something] off of [something]"
    )]
    [InlineData("Pretending to spread air onto [something]", "Spreading [something] onto [something]")]
    [InlineData(
        "Lifting a surface with [something] on it but not enough for it to slide down",
        "Lifting a surface with [something] on it until it starts sliding down"
    )]
    [InlineData(
        "Pushing [something] so that it almost falls off but doesn't",
        "Pushing [something] so that it falls off the table"
    )]
    public void Pretences_of_Something_Something_find_their_action(string pretence, string action)
    {
        IReadOnlyList<string> names = Taxonomy.SomethingSomething.Categories;

        (int Action, int Pretence) pair = Assert.Single(
            ContrastNames.Pairs(names),
            pair => names[pair.Pretence] == pretence
        );

        Assert.Equal(action, names[pair.Action]);
    }

    [Fact]
    public void Classes_that_share_no_verb_are_no_pair() =>
        Assert.Empty(ContrastNames.Pairs(["Pretending to wave", "Waiting", "", "but", "[", "Doing other things"]));

    [Fact]
    public void Examples_are_of_different_classes_and_spread_over_them()
    {
        EvaluationReport report = SomeReports.Evaluation(
            ["a", "b", "c"],
            ("1", 0, 1),
            ("2", 0, 2),
            ("3", 1, 1),
            ("4", 1, 0),
            ("5", 2, 0),
            ("6", 2, 2)
        );

        Assert.Equal(["1", "5"], ExampleChoice.Of(report.Results, right: false, 2).Select(clip => clip.Id));
        Assert.Equal(["3", "6"], ExampleChoice.Of(report.Results, right: true, 9).Select(clip => clip.Id));
    }
}
