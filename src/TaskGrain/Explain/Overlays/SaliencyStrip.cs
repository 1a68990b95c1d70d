using System.Globalization;
using SkiaSharp;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Explain.Overlays;

/// <summary>
/// A picture of an explanation, as in the paper's Figures 10 to 13: the frames, then a row a map with its label beside
/// it, and under each row how much every moment mattered; at the bottom the time.
/// </summary>
internal static class SaliencyStrip
{
    private const int Margin = 14;
    private const int Gap = 3;
    private const int LabelWidth = 190;
    private const int ProfileHeight = 18;
    private const int RowGap = 8;
    private const int TitleHeight = 26;
    private const int AxisHeight = 20;

    private static readonly SKColor Ink = new(0x22, 0x2b, 0x36);
    private static readonly SKColor Faint = new(0x7b, 0x87, 0x94);
    private static readonly SKColor Ground = new(0xee, 0xf0, 0xf3);

    /// <summary>Writes the picture.</summary>
    public static void Write(string path, Explanation explanation, OverlayOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] png = ToPng(explanation, options);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Draws the picture.</summary>
    /// <returns>A PNG file's bytes.</returns>
    public static byte[] ToPng(Explanation explanation, OverlayOptions? options)
    {
        options ??= new OverlayOptions();
        options.Validate();
        using var drawing = new Drawing(explanation, options);
        return drawing.Run();
    }

    private sealed class Drawing : IDisposable
    {
        private readonly Explanation _explanation;
        private readonly OverlayOptions _options;
        private readonly ExplainedFrames _shown;
        private readonly HeatPainter _heat;
        private readonly SKTypeface _typeface;
        private readonly SKPaint _paint = new() { IsAntialias = true };
        private readonly SKSurface _surface;
        private readonly int[] _columns;
        private readonly int _frameWidth;

        public Drawing(Explanation explanation, OverlayOptions options)
        {
            _explanation = explanation;
            _options = options;
            _shown = explanation.Shown;
            _heat = new HeatPainter(options);
            _typeface = SKTypeface.FromFamilyName("DejaVu Sans") ?? SKTypeface.Default;
            int count = Math.Min(options.Columns, _shown.Times.Count);
            _columns =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => count == 1 ? 0 : (int)Math.Round(i * (_shown.Times.Count - 1.0) / (count - 1))),
            ];
            var format = _shown.Pictures.Format;
            _frameWidth = Math.Max(1, (int)Math.Round((double)options.FrameHeight * format.Width / format.Height));
            int rows = explanation.Maps.Count;
            int row = options.FrameHeight + Gap + ProfileHeight + RowGap;
            _surface = SKSurface.Create(
                new SKImageInfo(
                    (2 * Margin) + LabelWidth + RowWidth,
                    (2 * Margin) + TitleHeight + options.FrameHeight + RowGap + (rows * row) + AxisHeight
                )
            );
        }

        private int RowWidth => (_columns.Length * (_frameWidth + Gap)) - Gap;

        public byte[] Run()
        {
            _surface.Canvas.Clear(SKColors.White);
            float y = Margin;
            Text(Title(), Margin, y + 15, 14, Ink);
            y += TitleHeight;
            Row(y, map: null);
            y += _options.FrameHeight + RowGap;
            foreach (SaliencyMap map in _explanation.Maps)
            {
                Row(y, map);
                y += _options.FrameHeight + Gap;
                Profile(map, y);
                y += ProfileHeight + RowGap;
            }

            for (int i = 0; i < _columns.Length; i++)
            {
                string time = $"{_shown.Times[_columns[i]].ToString("0.0", CultureInfo.InvariantCulture)} s";
                Text(time, Middle(i), y + 10, 11, Faint, SKTextAlign.Center);
            }

            using SKImage image = _surface.Snapshot();
            using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
            return data.ToArray();
        }

        public void Dispose()
        {
            _heat.Dispose();
            _typeface.Dispose();
            _paint.Dispose();
            _surface.Dispose();
        }

        private string Title()
        {
            string caption = _explanation.Prediction.Caption is { Length: > 0 } words ? $"“{words}”   " : "";
            return _explanation.Prediction.Top is [{ } best, ..]
                ? string.Create(CultureInfo.InvariantCulture, $"{caption}{best.Name} ({100 * best.Probability:0}%)")
                : caption.TrimEnd();
        }

        private float Left(int column) => Margin + LabelWidth + (column * (_frameWidth + Gap));

        private float Middle(int column) => Left(column) + (_frameWidth / 2f);

        private void Row(float y, SaliencyMap? map)
        {
            for (int i = 0; i < _columns.Length; i++)
            {
                var place = SKRect.Create(Left(i), y, _frameWidth, _options.FrameHeight);
                int step = _columns[i];
                HeatPainter.DrawFrame(_surface.Canvas, _shown.Pictures, _shown.PictureAt(_shown.Times[step]), place);
                if (map is not null)
                {
                    _heat.DrawMap(_surface.Canvas, map.Frame(step), map.Width, place, _shown.Seen);
                }
            }

            Label(map, y);
        }

        private void Label(SaliencyMap? map, float y)
        {
            if (map is null)
            {
                Text("frames", Margin, y + 16, 12, Faint);
                return;
            }

            float size = map.Kind == SaliencyKind.Word ? 16 : 12;
            float line = y + size + 2;
            foreach (string part in Lines(map.Label, size))
            {
                Text(part, Margin, line, size, Ink);
                line += size * 1.25f;
            }

            string share = string.Create(CultureInfo.InvariantCulture, $"{100 * map.Probability:0}%");
            string what = map.Kind == SaliencyKind.Contrast ? $"{share} of the two" : share;
            Text(map.Strength > 0 ? what : $"{what}: nothing speaks for it", Margin, line + 2, 11, Faint);
        }

        // The moments lie under the frames that show them, so that the row's first and last moment are in the middle of
        // its first and last frame.
        private void Profile(SaliencyMap map, float y)
        {
            using var ground = new SKPaint { Color = Ground };
            _surface.Canvas.DrawRect(SKRect.Create(Left(0), y, RowWidth, ProfileHeight), ground);
            using var path = new SKPath();
            float bottom = y + ProfileHeight;
            int last = map.Profile.Count - 1;
            float X(int step) =>
                last == 0 ? Middle(0) : Middle(0) + ((Middle(_columns.Length - 1) - Middle(0)) * step / last);
            path.MoveTo(Left(0), bottom);
            path.LineTo(Left(0), bottom - (map.Profile[0] * (ProfileHeight - 2)));
            for (int step = 0; step <= last; step++)
            {
                path.LineTo(X(step), bottom - (map.Profile[step] * (ProfileHeight - 2)));
            }

            path.LineTo(Left(0) + RowWidth, bottom - (map.Profile[last] * (ProfileHeight - 2)));
            path.LineTo(Left(0) + RowWidth, bottom);
            path.Close();
            using var fill = new SKPaint { Color = _heat.Colour(0.6f).WithAlpha(255), IsAntialias = true };
            _surface.Canvas.DrawPath(path, fill);
        }

        private List<string> Lines(string text, float size)
        {
            using var font = new SKFont(_typeface, size);
            List<string> lines = [""];
            foreach (string word in text.Split(' '))
            {
                string longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
                if (lines[^1].Length > 0 && font.MeasureText(longer) > LabelWidth - Margin)
                {
                    lines.Add(word);
                }
                else
                {
                    lines[^1] = longer;
                }
            }

            int most = (int)((_options.FrameHeight - 10) / (size * 1.25f));
            return lines.Count <= most || most < 1 ? lines : [.. lines[..(most - 1)], $"{lines[most - 1]} …"];
        }

        private void Text(
            string text,
            float x,
            float y,
            float size,
            SKColor colour,
            SKTextAlign align = SKTextAlign.Left
        )
        {
            using var font = new SKFont(_typeface, size) { Subpixel = true };
            _paint.Color = colour;
            _surface.Canvas.DrawText(text, x, y, align, font, _paint);
        }
    }
}
