using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>
/// Figure 5 with our numbers: accuracy against training samples a class, one panel a classifier, one line a source,
/// bars for the 95% intervals. Axes and order are the paper's; its figure prints no numbers to draw beside ours.
/// </summary>
internal static class TransferFigure
{
    private const int PanelWidth = 460;
    private const int Height = 440;
    private const int LegendRow = 26;
    private const int LegendColumns = 4;
    private const string FontName = "DejaVu Sans";

    /// <summary>Distinct on white and for the colour-blind (Okabe and Ito 2008), then darker ones.</summary>
    internal static IReadOnlyList<string> Palette { get; } =
    ["#999999", "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7", "#7A5195", "#444444", "#8C564B"];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
    ];

    /// <summary>Writes the plot as PNG.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="path">The file.</param>
    public static void WritePng(TransferResults results, string path)
    {
        ArgumentNullException.ThrowIfNull(results);
        const int Scale = 2; // sharp on a printed page
        (int width, int height) = SizeOf(results);
        using var surface = SKSurface.Create(new SKImageInfo(width * Scale, height * Scale));
        surface.Canvas.Scale(Scale);
        Draw(results, surface.Canvas, width);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, stream => data.SaveTo(stream));
    }

    /// <summary>Writes the plot as SVG.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="path">The file.</param>
    public static void WriteSvg(TransferResults results, string path)
    {
        ArgumentNullException.ThrowIfNull(results);
        string svg = Svg(results);
        AtomicFile.WriteText(path, svg);
    }

    /// <summary>The plot as an SVG file's text.</summary>
    /// <param name="results">What was measured.</param>
    public static string Svg(TransferResults results)
    {
        (int width, int height) = SizeOf(results);
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
        {
            Draw(results, canvas, width);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static (int Width, int Height) SizeOf(TransferResults results) =>
        (results.Classifiers.Count * PanelWidth, Height + (LegendRows(results) * LegendRow) + 10);

    private static int LegendRows(TransferResults results) =>
        (results.Sources.Count + LegendColumns - 1) / LegendColumns;

    private static void Draw(TransferResults results, SKCanvas canvas, int width)
    {
        canvas.Clear(SKColors.White);
        double top = Math.Min(1, results.Rows.Max(row => row.Mean + (row.HalfWidth ?? 0)) + 0.05);
        for (int i = 0; i < results.Classifiers.Count; i++)
        {
            using Plot panel = Panel(results, results.Classifiers[i], top);

            // A plot wipes the whole canvas before it draws, the panels beside it included.
            panel.RenderManager.ClearCanvasBeforeEachRender = false;
            panel.Render(canvas, new PixelRect(i * PanelWidth, (i + 1) * PanelWidth, Height, 0));
        }

        Legend(results, canvas, width);
    }

    private static Plot Panel(TransferResults results, ClassifierKind classifier, double top)
    {
        var plot = new Plot();
        plot.Font.Set(FontName);
        int sources = results.Sources.Count;
        for (int s = 0; s < sources; s++)
        {
            // Side by side, so that bars of different sources do not hide each other.
            double shift = (s - ((sources - 1) / 2.0)) * Math.Min(0.07, 0.5 / sources);
            double[] xs = [.. results.Shots.Select((_, i) => i + shift)];
            TransferRow[] rows =
            [
                .. results.Shots.Select(shots => results.Row(results.Sources[s].Name, classifier, shots)),
            ];
            double[] ys = [.. rows.Select(row => 100 * row.Mean)];
            Color colour = ColourOf(s);
            var line = plot.Add.Scatter(xs, ys, colour);
            line.LineWidth = 1.5f;
            line.MarkerSize = 7;
            line.MarkerShape = Shapes[s % Shapes.Length];
            double[] half = [.. rows.Select(row => 100 * (row.HalfWidth ?? 0))];
            var bars = plot.Add.ErrorBar(xs, ys, half);
            bars.Color = colour;
            bars.LineWidth = 1.2f;
            bars.CapSize = 3;
        }

        var chance = plot.Add.HorizontalLine(100 * results.Chance, 1, Colors.Gray, LinePattern.Dotted);
        chance.LegendText = "";
        plot.Title(classifier.Title());
        plot.XLabel("training samples a class");
        plot.YLabel("test accuracy (%)");
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, results.Shots.Count).Select(i => (double)i)],
            [.. results.Shots.Select(shots => TickOf(shots, results))]
        );
        plot.Axes.SetLimits(-0.5, results.Shots.Count - 0.5, 0, 100 * top);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.HideLegend();
        return plot;
    }

    private static string TickOf(ShotCount shots, TransferResults results) =>
        shots.Clips is null ? $"full ({results.FullShots})" : shots.ToString();

    private static Color ColourOf(int source) => Color.FromHex(Palette[source % Palette.Count]);

    /// <summary>One legend for all panels, below them: by hand, as ScottPlot's belong to one panel each.</summary>
    private static void Legend(TransferResults results, SKCanvas canvas, int width)
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(FontName) ?? SKTypeface.Default;
        using var font = new SKFont(typeface, 14);
        using var paint = new SKPaint { IsAntialias = true };
        float column = width / (float)LegendColumns;
        for (int s = 0; s < results.Sources.Count; s++)
        {
            float x = 24 + (s % LegendColumns * column);
            float y = Height + 14 + (s / LegendColumns * LegendRow);
            paint.Color = SKColor.Parse(Palette[s % Palette.Count]);
            canvas.DrawRect(x, y - 3, 26, 3, paint);
            canvas.DrawCircle(x + 13, y - 1.5f, 5, paint);
            paint.Color = SKColors.Black;
            canvas.DrawText(results.Sources[s].Name, x + 34, y + 4, SKTextAlign.Left, font, paint);
        }
    }
}
