using TaskGrain.Evaluation;
using TaskGrain.Lab.Reproduction;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Lab.Reproduction;

public sealed class StabilityTableTests : IDisposable
{
    private static readonly ReproductionPlan Plan = ReproductionPlan.Of(
        new ReproductionOptions { Parts = [PaperPart.Stability], Seeds = 3 }
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_part_is_joint_training_at_the_equal_division_alone() =>
        Assert.Equal(
            ["captions+fg_m64-64_s1", "captions+fg_m64-64_s2", "captions+fg_m64-64_s3"],
            Plan.Runs.Select(run => run.Id)
        );

    /// <summary>60, 64 and 62 of 100: mean 62, s = 2, ± 4.303 × 2/√3.</summary>
    [Fact]
    public void Its_table_has_mean_spread_and_range_over_the_seeds_and_the_page_no_verdicts_on_nothing()
    {
        Measurement other = Measured(4, 10) with { Id = "fg_m64-64_s4" };
        ReproductionPage.Write(Plan, [Measured(1, 60), Measured(2, 64), Measured(3, 62), other], _folder.Path);

        string page = File.ReadAllText(_folder.File("results.md"));
        Assert.Contains("## How stable the training recipe is", page, StringComparison.Ordinal);
        string row = page.Split('\n').Single(line => line.StartsWith("| categories, top-1", StringComparison.Ordinal));
        Assert.Equal(
            ["categories, top-1", "3", "62.0 ± 5.0", "2.0", "60.0", "64.0"],
            row.Trim('|').Split('|').Select(cell => cell.Trim())
        );
        Assert.Contains("- runs: 3 of 3 of the plan", page, StringComparison.Ordinal);
        Assert.Contains("a processor, float32: 3 runs in", page, StringComparison.Ordinal);
        Assert.Contains("up to 3 training seeds", page, StringComparison.Ordinal);
        Assert.Contains("How much the paper's training differs", page, StringComparison.Ordinal);
        Assert.DoesNotContain("## Verdicts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("exact match", page, StringComparison.Ordinal);
    }

    private static Measurement Measured(int seed, int right) =>
        new()
        {
            Id = $"captions+fg_m64-64_s{seed}",
            Seed = seed,
            Site = new ComputeSite("a processor", "float32"),
            Program = "1.0",
            Finished = DateTime.UnixEpoch,
            Seconds = 1,
            Data = "0",
            Accuracies =
            [
                new AccuracyRow
                {
                    Method = AccuracyMethod.Classifier,
                    TestedOn = Granularity.ActionCategories,
                    Classes = 30,
                    Clips = 100,
                    Right = right,
                },
            ],
        };
}
