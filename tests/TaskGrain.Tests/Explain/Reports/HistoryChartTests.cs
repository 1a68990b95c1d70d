using System.Xml.Linq;
using TaskGrain.Explain.Reports;
using TaskGrain.Training;

namespace TaskGrain.Tests.Explain.Reports;

public sealed class HistoryChartTests
{
    private const string TrainingTop1 = "#9ECAE1";
    private const string ExactMatch = "#D94801";

    [Fact]
    public void A_line_is_drawn_for_what_was_measured_and_for_nothing_else()
    {
        string svg = HistoryChart.Svg([Epoch(1, 0.1), Epoch(2, 0.5), Epoch(3, 0.7)], chance: 1.0 / 12);

        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.Contains(TrainingTop1, svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(ExactMatch, svg, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_run_of_one_epoch_is_a_mark() =>
        Assert.Contains(
            $"fill=\"{TrainingTop1}\"",
            HistoryChart.Svg([Epoch(1, 0.5)], chance: 0.5),
            StringComparison.OrdinalIgnoreCase
        );

    private static EpochReport Epoch(int number, double top1) =>
        new()
        {
            Epoch = number,
            Epochs = 3,
            Steps = number,
            Lambda = 1,
            LearningRate = 0.001,
            Loss = 1,
            Top1 = top1,
            Validation = new ValidationReport { Clips = 10, Top1 = top1 },
            Best = true,
            Seconds = 1,
            ClipsPerSecond = 10,
            WaitShare = 0,
        };
}
