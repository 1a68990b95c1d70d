using ScottPlot;
using ScottPlot.TickGenerators;
using TaskGrain.Training;

namespace TaskGrain.Lab.Demo;

/// <summary>Accuracy over the epochs of a run as an SVG drawing.</summary>
internal static class HistoryChart
{
    private const int Width = 780;
    private const int Height = 260;

    private static readonly (string Name, string Colour, Func<EpochReport, double?> Share)[] Lines =
    [
        ("training top-1", "#9ecae1", epoch => epoch.Top1),
        ("validation top-1", "#08519c", epoch => epoch.Validation.Top1),
        ("caption words, truth fed in", "#fdae6b", epoch => epoch.Validation.WordAccuracy),
        ("captions exactly right", "#d94801", epoch => epoch.Validation.ExactMatch),
    ];

    /// <summary>Draws the chart.</summary>
    /// <param name="history">The epochs, at least one.</param>
    /// <param name="chance">Accuracy of guessing, drawn as a dotted line.</param>
    /// <returns>An SVG file's text.</returns>
    public static string Svg(IReadOnlyList<EpochReport> history, double chance)
    {
        using var plot = new Plot();
        plot.Font.Set("DejaVu Sans");
        foreach ((string name, string colour, Func<EpochReport, double?> share) in Lines)
        {
            EpochReport[] known = [.. history.Where(epoch => share(epoch) is { } value && double.IsFinite(value))];
            if (known.Length > 0)
            {
                var line = plot.Add.Scatter(
                    known.Select(epoch => (double)epoch.Epoch).ToArray(),
                    known.Select(epoch => 100 * share(epoch)!.Value).ToArray(),
                    Color.FromHex(colour)
                );
                line.LegendText = name;
                line.LineWidth = 2;
                line.MarkerSize = known.Length == 1 ? 7 : 0;
            }
        }

        plot.Add.HorizontalLine(100 * chance, 1, Colors.Gray, LinePattern.Dotted).LegendText = "chance";
        double margin = 0.02 * history.Count;
        plot.Axes.SetLimits(1 - margin, history.Count + margin, 0, 100);
        plot.Axes.Left.TickGenerator = new NumericManual([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"]);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new NoMinorTicks(),
        };
        plot.Axes.Bottom.Label.Text = "epoch";
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = 13;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.ShowLegend(Edge.Right);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot.GetSvgXml(Width, Height);
    }

    private sealed class NoMinorTicks : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
