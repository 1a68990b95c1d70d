using System.Globalization;
using SkiaSharp;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Evaluation;

/// <summary>
/// Draws a confusion matrix as a heat map: a row a true class, a column a predicted one, colour for the share of the
/// row. The cells shrink as the classes grow, so that 3 classes and 174 are both readable. Drawn by hand: here cells
/// and names decide the picture's size, which ScottPlot takes as given and fits both into, at three times the time.
/// </summary>
internal sealed class ConfusionMatrixPlot
{
    private const float Margin = 18;
    private const float LabelGap = 8;
    private const float BarWidth = 16;
    private const float BarGap = 24;

    private static readonly SKColor Ink = new(0x22, 0x2b, 0x36);
    private static readonly SKColor Faint = new(0xe4, 0xe7, 0xeb);
    private static readonly SKColor GroupLine = new(0x8a, 0x94, 0xa1);
    private static readonly SKColor NoSamples = new(0xf0, 0xf0, 0xf0);

    private readonly ConfusionMatrix _matrix;
    private readonly int[] _order;
    private readonly IReadOnlyList<int>? _groupOf;

    /// <summary>Prepares a drawing.</summary>
    /// <param name="matrix">What to draw.</param>
    /// <param name="groupOf">
    /// The group of each class; classes of one group are then drawn side by side with a line between groups, so that
    /// mistakes within a group stand out from mistakes between groups. Null for class order.
    /// </param>
    /// <exception cref="ArgumentException">The groups are not one a class.</exception>
    public ConfusionMatrixPlot(ConfusionMatrix matrix, IReadOnlyList<int>? groupOf = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (groupOf is not null && groupOf.Count != matrix.Classes)
        {
            throw new ArgumentException(
                $"{groupOf.Count} groups do not go with {matrix.Classes} classes.",
                nameof(groupOf)
            );
        }

        _matrix = matrix;
        _groupOf = groupOf;
        _order = Enumerable.Range(0, matrix.Classes).ToArray();
        if (groupOf is not null)
        {
            _order = _order.OrderBy(c => groupOf[c]).ToArray();
        }
    }

    /// <summary>Line above the picture; null for one made from the counts.</summary>
    public string? Title { get; init; }

    /// <summary>Side of a cell in pixels.</summary>
    private float Cell => Math.Clamp(760f / _matrix.Classes, 13, 90);

    private float Side => Cell * _matrix.Classes;

    // A picture of 174 classes is looked at as a whole first: its title grows with it.
    private float TitleSize => Math.Max(20, Side / 55);

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void WritePng(string path)
    {
        byte[] png = ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Draws the picture.</summary>
    /// <returns>A PNG file's bytes.</returns>
    public byte[] ToPng()
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName("DejaVu Sans") ?? SKTypeface.Default;
        using var font = new SKFont(typeface, Math.Clamp(Cell * 0.82f, 10, 15)) { Subpixel = true };
        using var titleFont = new SKFont(typeface, TitleSize) { Subpixel = true };

        string[] rows = _order.Select(RowLabel).ToArray();
        string[] columns = _order.Select(c => Shortened(_matrix.Names[c])).ToArray();
        string title = Title ?? DefaultTitle();
        float left = Margin + font.Size + LabelGap + rows.Max(r => font.MeasureText(r)) + LabelGap;
        float top = Margin + (2.4f * TitleSize);
        float side = Side;
        float bottom = LabelGap + columns.Max(c => font.MeasureText(c)) + LabelGap + font.Size + Margin;
        float barText = font.MeasureText("100%");
        float width = Math.Max(
            left + side + BarGap + BarWidth + LabelGap + barText + Margin,
            (2 * Margin) + titleFont.MeasureText(title)
        );
        float height = top + side + bottom;
        using var surface = SKSurface.Create(new SKImageInfo((int)Math.Ceiling(width), (int)Math.Ceiling(height)));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(title, Margin, Margin + titleFont.Size, SKTextAlign.Left, titleFont, ink);

        canvas.Translate(left, top);
        DrawCells(canvas, font);
        DrawLines(canvas, side);
        DrawLabels(canvas, font, ink, rows, columns, side);
        DrawAxisNames(canvas, font, ink, side, left, bottom);
        DrawBar(canvas, font, ink, side);

        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static string Shortened(string name) => name.Length <= 80 ? name : name[..79] + "…";

    /// <summary>White to dark blue, darker as the share grows; steps of equal perceived lightness.</summary>
    private static SKColor Colour(double share)
    {
        // ColorBrewer's sequential "Blues", interpolated.
        ReadOnlySpan<uint> stops =
        [
            0xffffff,
            0xdeebf7,
            0xc6dbef,
            0x9ecae1,
            0x6baed6,
            0x4292c6,
            0x2171b5,
            0x08519c,
            0x08306b,
        ];
        double at = Math.Clamp(share, 0, 1) * (stops.Length - 1);
        int below = Math.Min((int)at, stops.Length - 2);
        double mix = at - below;
        byte Channel(uint a, uint b, int shift) =>
            (byte)Math.Round(((a >> shift) & 255) + (mix * (((b >> shift) & 255) - (double)((a >> shift) & 255))));
        uint low = stops[below];
        uint high = stops[below + 1];
        return new SKColor(Channel(low, high, 16), Channel(low, high, 8), Channel(low, high, 0));
    }

    private string DefaultTitle()
    {
        double accuracy = _matrix.Samples == 0 ? 0 : 100.0 * _matrix.Correct / _matrix.Samples;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_matrix.Classes} classes, {_matrix.Samples} clips, {accuracy:0.0}% correct"
        );
    }

    private string RowLabel(int c) => $"{Shortened(_matrix.Names[c])}  ({_matrix.SamplesOf(c)})";

    private void DrawCells(SKCanvas canvas, SKFont font)
    {
        using var fill = new SKPaint();
        using var text = new SKPaint { IsAntialias = true };

        // A number is drawn where it fits into its cell.
        int largest = _order.Max(t => _order.Max(p => _matrix[t, p]));
        bool numbers = font.MeasureText(largest.ToString(CultureInfo.InvariantCulture)) + 4 <= Cell;
        for (int row = 0; row < _order.Length; row++)
        {
            int samples = _matrix.SamplesOf(_order[row]);
            for (int column = 0; column < _order.Length; column++)
            {
                int count = _matrix[_order[row], _order[column]];
                double share = samples == 0 ? 0 : (double)count / samples;
                fill.Color = samples == 0 ? NoSamples : Colour(share);
                var cell = SKRect.Create(column * Cell, row * Cell, Cell, Cell);
                canvas.DrawRect(cell, fill);
                if (numbers && count > 0)
                {
                    text.Color = share > 0.55 ? SKColors.White : Ink;
                    string number = count.ToString(CultureInfo.InvariantCulture);
                    canvas.DrawText(number, cell.MidX, cell.MidY + (font.Size * 0.36f), SKTextAlign.Center, font, text);
                }
            }
        }
    }

    private void DrawLines(SKCanvas canvas, float side)
    {
        using var thin = new SKPaint { Color = Faint, StrokeWidth = 1 };
        using var strong = new SKPaint { Color = GroupLine, StrokeWidth = 1 };
        for (int i = 0; i <= _order.Length; i++)
        {
            bool edge =
                i == 0
                || i == _order.Length
                || (_groupOf is not null && _groupOf[_order[i]] != _groupOf[_order[i - 1]]);
            float at = i * Cell;
            canvas.DrawLine(at, 0, at, side, edge ? strong : thin);
            canvas.DrawLine(0, at, side, at, edge ? strong : thin);
        }
    }

    private void DrawLabels(SKCanvas canvas, SKFont font, SKPaint ink, string[] rows, string[] columns, float side)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            float middle = ((i + 0.5f) * Cell) + (font.Size * 0.36f);
            canvas.DrawText(rows[i], -LabelGap, middle, SKTextAlign.Right, font, ink);
            canvas.Save();
            canvas.Translate(middle, side + LabelGap);
            canvas.RotateDegrees(-90);
            canvas.DrawText(columns[i], 0, 0, SKTextAlign.Right, font, ink);
            canvas.Restore();
        }
    }

    private static void DrawAxisNames(SKCanvas canvas, SKFont font, SKPaint ink, float side, float left, float bottom)
    {
        using var bold = new SKFont(font.Typeface, Math.Max(font.Size, Math.Min(Margin, side / 90)))
        {
            Embolden = true,
        };
        canvas.DrawText("predicted", side / 2, side + bottom - Margin, SKTextAlign.Center, bold, ink);
        canvas.Save();
        canvas.Translate(-left + Margin + (font.Size * 0.7f), side / 2);
        canvas.RotateDegrees(-90);
        canvas.DrawText("true (clips)", 0, 0, SKTextAlign.Center, bold, ink);
        canvas.Restore();
    }

    private static void DrawBar(SKCanvas canvas, SKFont font, SKPaint ink, float side)
    {
        using var fill = new SKPaint();
        float height = Math.Min(side, 300);
        float x = side + BarGap;
        for (float y = 0; y < height; y++)
        {
            fill.Color = Colour(1 - (y / height));
            canvas.DrawRect(x, y, BarWidth, 1, fill);
        }

        canvas.DrawText("100%", x + BarWidth + LabelGap, font.Size * 0.8f, SKTextAlign.Left, font, ink);
        canvas.DrawText("0%", x + BarWidth + LabelGap, height, SKTextAlign.Left, font, ink);
    }
}
