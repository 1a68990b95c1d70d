using System.Globalization;
using System.Text;
using TaskGrain.Training;

namespace TaskGrain.Lab.Demo;

/// <summary>Accuracy over the epochs of a run as an SVG drawing.</summary>
internal static class HistoryChart
{
    private const double Width = 780;
    private const double Height = 260;
    private const double Left = 52;
    private const double Bottom = 34;
    private const double Top = 12;
    private const double LegendWidth = 250;

    /// <summary>Draws the chart.</summary>
    /// <param name="history">The epochs.</param>
    /// <param name="chance">Accuracy of guessing, drawn as a dashed line.</param>
    public static string Svg(IReadOnlyList<EpochReport> history, double chance)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" role=\"img\" aria-label=\"Accuracy over "
                + $"epochs\" font-size=\"12\" fill=\"#55606e\">\n"
        );
        for (int percent = 0; percent <= 100; percent += 25)
        {
            double y = Y(percent / 100.0);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" x2=\"{Width - LegendWidth}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" "
                    + $"stroke=\"#e4e7eb\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" "
                    + $"text-anchor=\"end\">{percent}%</text>\n"
            );
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line x1=\"{Left}\" x2=\"{Width - LegendWidth}\" y1=\"{Y(chance):0.#}\" y2=\"{Y(chance):0.#}\" "
                + $"stroke=\"#8a94a1\" stroke-dasharray=\"4 4\"/>"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Width - LegendWidth + 14}\" y=\"{Y(chance) + 4:0.#}\">chance</text>\n"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - LegendWidth) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">epoch 1 to "
                + $"{history.Count}</text>\n"
        );
        int row = 0;
        Series(svg, history, epoch => epoch.Top1, "training top-1", "#9ecae1", ref row);
        Series(svg, history, epoch => epoch.Validation.Top1, "validation top-1", "#08519c", ref row);
        Series(svg, history, epoch => epoch.Validation.WordAccuracy, "caption words, truth fed in", "#fdae6b", ref row);
        Series(svg, history, epoch => epoch.Validation.ExactMatch, "captions exactly right", "#d94801", ref row);
        return svg.Append("</svg>\n").ToString();
    }

    private static double X(int epoch, int count) =>
        Left + ((Width - LegendWidth - Left) * (count <= 1 ? 0.5 : epoch / (double)(count - 1)));

    private static double Y(double share) => Top + ((Height - Bottom - Top) * (1 - share));

    private static void Series(
        StringBuilder svg,
        IReadOnlyList<EpochReport> history,
        Func<EpochReport, double?> value,
        string name,
        string colour,
        ref int row
    )
    {
        string[] points =
        [
            .. history
                .Select((epoch, i) => (At: X(i, history.Count), Share: value(epoch)))
                .Where(point => point.Share is { } share && double.IsFinite(share))
                .Select(point =>
                    string.Create(CultureInfo.InvariantCulture, $"{point.At:0.#},{Y(point.Share!.Value):0.#}")
                ),
        ];
        if (points.Length == 0)
        {
            return;
        }

        double y = Top + 8 + (20 * row++);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{Width - LegendWidth + 14}\" y=\"{y - 3:0.#}\" width=\"14\" height=\"4\" "
                + $"fill=\"{colour}\"/><text x=\"{Width - LegendWidth + 34}\" y=\"{y + 4:0.#}\">{name}</text>\n"
        );
    }
}
