using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Explain.Reports;

/// <summary>The paper's figure beside one of ours.</summary>
public sealed class PaperComparisonTests
{
    [Fact]
    public void The_papers_figure_is_that_of_the_architecture_the_grain_and_the_split()
    {
        AccuracyRow row = SomeReports.Evaluation(["a"], ("1", 0, 0)).Accuracies[0];

        Assert.Equal(50.44, PaperComparison.Top1(row, "M(256-256)", Split.Test));
        Assert.Equal(51.62, PaperComparison.Top1(row, "M(256-256)", Split.Validation));
        Assert.Null(PaperComparison.Top1(row, "M(16-16)", Split.Test));
        Assert.Equal(
            50.36,
            PaperComparison.Top1(row with { TrainedOn = Granularity.Captions }, "M(256-256)", Split.Test)
        );
        Assert.Equal(8.63, PaperComparison.Captions(Granularity.SimplifiedCaptions, "M(256-256)")!.ExactMatch);
    }
}
