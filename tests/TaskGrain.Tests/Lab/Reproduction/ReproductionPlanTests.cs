using TaskGrain.Lab.Reproduction;
using TaskGrain.Models;

namespace TaskGrain.Tests.Lab.Reproduction;

public sealed class ReproductionPlanTests
{
    [Fact]
    public void Every_run_is_planned_once_whichever_parts_use_it()
    {
        ReproductionPlan plan = Plan(PaperParts.All, seeds: 2);

        Assert.Equal(plan.Runs.Count, plan.Runs.Select(run => run.Id).Distinct().Count());

        // A seed: 7 divisions on categories, 5 on both kinds of captions, groups, and two captioners alone.
        Assert.Equal(2 * (7 + 5 + 5 + 1 + 2), plan.Runs.OfType<TrainingRun>().Count());
        Assert.Equal(2, plan.Runs.OfType<FrameBaselineRun>().Count());
        Assert.Equal([PaperPart.Table3, PaperPart.Table4], plan.Run("frames-imagenet-resnet18_s2").Parts);
        PlannedRun equal = plan.Run("fg_m64-64_s1");
        Assert.Equal([PaperPart.Table1, PaperPart.Table2, PaperPart.Figure5], equal.Parts);
    }

    [Fact]
    public void A_run_comes_after_the_one_it_needs()
    {
        ReproductionPlan plan = Plan([PaperPart.Figure5], seeds: 2);
        string[] order = [.. plan.Runs.Select(run => run.Id)];

        Assert.All(
            plan.Runs.Where(run => run.Needs is not null),
            run => Assert.True(Array.IndexOf(order, run.Needs) is var at and >= 0 && at < Array.IndexOf(order, run.Id))
        );
    }

    [Fact]
    public void A_part_asks_for_its_own_runs_alone() =>
        Assert.Equal(["cg_m64-64_s1", "fg_m64-64_s1"], Plan([PaperPart.Table2], seeds: 1).Runs.Select(run => run.Id));

    [Fact]
    public void Sources_are_carried_over_to_every_target()
    {
        var options = new ReproductionOptions
        {
            Parts = [PaperPart.Figure5],
            Seeds = 1,
            Real = [RealTarget.Parse(AppContext.BaseDirectory)],
        };
        TransferRun[] runs = [.. ReproductionPlan.Of(options).Runs.OfType<TransferRun>()];

        Assert.Equal(2, runs.Select(run => run.Target).Distinct().Count());
        Assert.All(
            runs.GroupBy(run => run.Target),
            target =>
                Assert.Equal(
                    [
                        ReproductionPlan.Untrained,
                        .. ReproductionPlan.TransferTasks.Select(task => task.Title),
                        ModelCatalog.DefaultName,
                        ReproductionPlan.ImageNet,
                    ],
                    target.Select(run => run.Source)
                )
        );
    }

    [Theory]
    [InlineData("table1", new[] { "table1" })]
    [InlineData("Figure5, table2", new[] { "table2", "figure5" })]
    [InlineData(
        "all",
        new[] { "table1", "table2", "table3", "table4", "table6", "table7", "table8", "figure5", "stability" }
    )]
    public void Parts_are_read_by_their_names(string text, string[] expected) =>
        Assert.Equal(expected, PaperParts.Parse(text).Select(PaperParts.Name));

    [Theory]
    [InlineData("table9")]
    [InlineData("")]
    [InlineData("table1,,figure6")]
    public void A_part_that_is_none_is_refused(string text) =>
        Assert.Throws<TaskGrainException>(() => PaperParts.Parse(text));

    [Fact]
    public void Faulty_options_are_listed_at_once()
    {
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            new ReproductionOptions
            {
                Seeds = 0,
                Clips = 5,
                Data = "no-such-folder",
            }.Validate()
        );

        Assert.Contains("0 seeds", fault.Message, StringComparison.Ordinal);
        Assert.Contains("5 clips", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_papers_divisions_are_scaled_to_a_size() =>
        Assert.Equal(
            ["M(64-0)", "M(128-0)", "M(96-32)", "M(64-64)", "M(32-96)", "M(0-128)", "M(0-64)"],
            SizeRecipe.Of(ReproductionSize.Study).Architectures.Select(architecture => architecture.Ours.ToString())
        );

    private static ReproductionPlan Plan(IReadOnlyList<PaperPart> parts, int seeds) =>
        ReproductionPlan.Of(new ReproductionOptions { Parts = parts, Seeds = seeds });
}
