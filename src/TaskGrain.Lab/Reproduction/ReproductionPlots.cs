using ScottPlot;
using ScottPlot.TickGenerators;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Reproduction;

/// <summary>The plots of the reproduction's page.</summary>
internal static class ReproductionPlots
{
    private const string FontName = "DejaVu Sans";

    /// <summary>Writes every comparison's difference with its interval, a line each.</summary>
    /// <param name="verdicts">The verdicts.</param>
    /// <param name="path">The PNG.</param>
    public static void WriteClaims(IReadOnlyList<Verdict> verdicts, string path)
    {
        (int Number, ComparisonResult Result, VerdictKind Kind)[] lines =
        [
            .. verdicts.SelectMany(verdict =>
                verdict.Comparisons.Select(result => (verdict.Claim.Number, result, verdict.Kind))
            ),
        ];
        var plot = new Plot();
        plot.Font.Set(FontName);
        for (int i = 0; i < lines.Length; i++)
        {
            MeanInterval interval = lines[i].Result.Interval;
            Color colour = Color.FromHex(
                lines[i].Kind switch
                {
                    VerdictKind.Holds => "#009E73",
                    VerdictKind.DoesNotHold => "#D55E00",
                    _ => "#777777",
                }
            );
            double y = -i;
            var line = plot.Add.Line(100 * interval.Low, y, 100 * interval.High, y);
            line.Color = colour;
            line.LineWidth = 2;
            var marker = plot.Add.Marker(100 * interval.Mean, y, MarkerShape.FilledCircle, 8);
            marker.Color = colour;
        }

        plot.Add.VerticalLine(0, 1, Colors.Black);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. lines.Select((_, i) => (double)-i)],
            [.. lines.Select(line => $"{line.Number}. {line.Result.Name}")]
        );
        plot.Axes.SetLimitsY(-lines.Length, 1);
        plot.XLabel("difference in percentage points, 95% interval over training seeds");
        plot.Title("Green: the claim holds; orange: it does not; grey: undecided", 14);
        Save(plot, path, 1100, 110 + (lines.Length * 26));
    }

    /// <summary>Writes Figure 5 for one classifier.</summary>
    /// <param name="rows">All cells of a target.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="path">The PNG.</param>
    public static void WriteFigure5(IReadOnlyList<Figure5Row> rows, ClassifierKind classifier, string path)
    {
        Figure5Row[] shown = [.. rows.Where(row => row.Classifier == classifier)];
        ShotCount[] shots = [.. shown.Select(row => row.Shots).Distinct()];
        string[] sources = [.. shown.Select(row => row.Source).Distinct()];
        var plot = new Plot();
        plot.Font.Set(FontName);
        for (int s = 0; s < sources.Length; s++)
        {
            Color colour = Color.FromHex(TransferFigure.Palette[s % TransferFigure.Palette.Count]);
            double shift = (s - ((sources.Length - 1) / 2.0)) * 0.06;
            (double X, MeanInterval Interval)[] points =
            [
                .. shots
                    .Index()
                    .Select(shot =>
                        (
                            shot.Index + shift,
                            shown.FirstOrDefault(row => row.Source == sources[s] && row.Shots == shot.Item)
                        )
                    )
                    .Where(point => point.Item2 is not null)
                    .Select(point => (point.Item1, MeanInterval.Of(point.Item2!.BySeed))),
            ];
            double[] xs = [.. points.Select(point => point.X)];
            double[] ys = [.. points.Select(point => 100 * point.Interval.Mean)];
            var line = plot.Add.Scatter(xs, ys, colour);
            line.LegendText = sources[s];
            line.LineWidth = 1.5f;
            line.MarkerSize = 7;
            var bars = plot.Add.ErrorBar(
                xs,
                ys,
                [.. points.Select(point => double.IsNaN(point.Interval.HalfWidth) ? 0 : 100 * point.Interval.HalfWidth)]
            );
            bars.Color = colour;
            bars.LineWidth = 1.2f;
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. shots.Select((_, i) => (double)i)],
            [.. shots.Select(count => count.ToString())]
        );
        plot.Axes.SetLimits(-0.5, shots.Length - 0.5, 0, 100 * Math.Min(1, shown.Max(row => row.BySeed.Max()) + 0.1));
        plot.Title(classifier.Title());
        plot.XLabel("training samples a class");
        plot.YLabel("test accuracy (%)");
        plot.ShowLegend(Edge.Right);
        Save(plot, path, 900, 480);
    }

    private static void Save(Plot plot, string path, int width, int height) =>
        AtomicFile.Replace(path, file => plot.SavePng(file, width, height));
}
