using ScottPlot;
using ScottPlot.TickGenerators;
using TaskGrain.Training;

namespace TaskGrain.Explain.Reports;

/// <summary>Accuracy and losses over the epochs of a run as SVG drawings.</summary>
internal static class HistoryChart
{
    private const int Width = 780;
    private const int Height = 260;

    private static readonly (string Name, string Colour, Func<EpochReport, double?> Share)[] Lines =
    [
        ("training top-1", "#9ecae1", epoch => epoch.Top1),
        ("validation top-1", "#3182bd", epoch => epoch.Validation.Top1),
        ("caption words, truth fed in", "#fdae6b", epoch => epoch.Validation.WordAccuracy),
        ("captions exactly right", "#d94801", epoch => epoch.Validation.ExactMatch),
    ];

    private static readonly (string Name, string Colour, Func<EpochReport, double?> Loss)[] LossLines =
    [
        ("training, classes", "#9ecae1", epoch => epoch.ClassLoss),
        ("validation, classes", "#3182bd", epoch => epoch.Validation.ClassLoss),
        ("training, words", "#fdae6b", epoch => epoch.CaptionLoss),
        ("validation, words", "#d94801", epoch => epoch.Validation.CaptionLoss),
    ];

    /// <summary>Draws the chart of accuracies.</summary>
    /// <param name="history">The epochs, at least one.</param>
    /// <param name="chance">Accuracy of guessing, drawn as a dotted line; null for no such line.</param>
    /// <param name="dark">For a page with light letters on a dark ground.</param>
    /// <returns>An SVG file's text.</returns>
    public static string Svg(IReadOnlyList<EpochReport> history, double? chance, bool dark = false)
    {
        using Plot plot = Empty(dark);
        foreach ((string name, string colour, Func<EpochReport, double?> share) in Lines)
        {
            Line(plot, history, name, colour, share, factor: 100);
        }

        if (chance is { } guessed)
        {
            plot.Add.HorizontalLine(100 * guessed, 1, Colors.Gray, LinePattern.Dotted).LegendText = "chance";
        }

        Epochs(plot, history.Count);
        plot.Axes.SetLimitsY(0, 100);
        plot.Axes.Left.TickGenerator = new NumericManual([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"]);
        return plot.GetSvgXml(Width, Height);
    }

    /// <summary>Draws the losses over the epochs.</summary>
    /// <param name="history">The epochs, at least one.</param>
    /// <param name="dark">For a page with light letters on a dark ground.</param>
    /// <returns>An SVG file's text.</returns>
    public static string Losses(IReadOnlyList<EpochReport> history, bool dark = false)
    {
        using Plot plot = Empty(dark);
        foreach ((string name, string colour, Func<EpochReport, double?> loss) in LossLines)
        {
            Line(plot, history, name, colour, loss, factor: 1);
        }

        Epochs(plot, history.Count);
        plot.Axes.Left.Label.Text = "nats";
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Left.Label.FontSize = 13;
        return plot.GetSvgXml(Width, Height);
    }

    private static Plot Empty(bool dark)
    {
        var plot = new Plot();
        plot.Font.Set("DejaVu Sans");
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.ShowLegend(Edge.Right);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        if (dark)
        {
            Color ground = Color.FromHex("#161b22");
            Color ink = Color.FromHex("#d5dbe3");
            plot.FigureBackground.Color = ground;
            plot.DataBackground.Color = ground;
            plot.Axes.Color(ink);
            plot.Grid.MajorLineColor = Color.FromHex("#2c343f");
            plot.Legend.BackgroundColor = ground;
            plot.Legend.FontColor = ink;
        }

        return plot;
    }

    private static void Line(
        Plot plot,
        IReadOnlyList<EpochReport> history,
        string name,
        string colour,
        Func<EpochReport, double?> value,
        double factor
    )
    {
        EpochReport[] known = [.. history.Where(epoch => value(epoch) is { } number && double.IsFinite(number))];
        if (known.Length > 0)
        {
            var line = plot.Add.Scatter(
                known.Select(epoch => (double)epoch.Epoch).ToArray(),
                known.Select(epoch => factor * value(epoch)!.Value).ToArray(),
                Color.FromHex(colour)
            );
            line.LegendText = name;
            line.LineWidth = 2;
            line.MarkerSize = known.Length == 1 ? 7 : 0;
        }
    }

    private static void Epochs(Plot plot, int count)
    {
        double margin = 0.02 * count;
        plot.Axes.SetLimitsX(1 - margin, count + margin);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new NoMinorTicks(),
        };
        plot.Axes.Bottom.Label.Text = "epoch";
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = 13;
    }

    private sealed class NoMinorTicks : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
