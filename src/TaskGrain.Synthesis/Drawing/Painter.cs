using SkiaSharp;

namespace TaskGrain.Synthesis;

/// <summary>
/// Draws shapes through a matrix of its own and keeps the box around them. All points are made and mapped here in
/// double precision, so that boxes do not depend on the graphics library; without a canvas it only measures.
/// </summary>
internal sealed partial class Painter : IDisposable
{
    private const double LongestWarpedEdge = 0.7;

    private readonly SKPath _path = new();
    private readonly SKPaint _fill = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
    private readonly SKPaint _stroke = new()
    {
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
    };

    private readonly SKPoint[] _ends = new SKPoint[2];
    private double[] _x = new double[256],
        _y = new double[256];
    private double[] _clipX = new double[256],
        _clipY = new double[256];
    private int _count;
    private bool _closed;

    /// <summary>Where to draw; null measures only.</summary>
    public SKCanvas? Canvas { get; set; }

    /// <summary>From the shape's coordinates to pixels of the frame.</summary>
    public Affine Matrix { get; set; } = Affine.Identity;

    /// <summary>Applied before <see cref="Matrix"/>.</summary>
    public Deformation Deformation { get; set; }

    /// <summary>-1 keeps the part left of x = 0, +1 the part right of it, 0 all.</summary>
    public int Half { get; set; }

    /// <summary>Light on everything drawn, each part about 1.</summary>
    public (double R, double G, double B) Light { get; set; } = (1, 1, 1);

    /// <summary>Multiplies every alpha.</summary>
    public double Opacity { get; set; } = 1;

    /// <summary>
    /// The box around what was drawn since it was last set; leaves out what is drawn while <see cref="Measuring"/> is
    /// false.
    /// </summary>
    public Bounds Bounds { get; set; } = Bounds.Empty;

    public bool Measuring { get; set; } = true;

    public void Dispose()
    {
        _path.Dispose();
        _fill.Dispose();
        _stroke.Dispose();
    }

    /// <summary>Fills the current path with one colour.</summary>
    public void Fill(Rgb color, double alpha = 1)
    {
        if (Submit(0))
        {
            _fill.Color = Lit(color).WithAlpha(alpha * Opacity);
            Canvas!.DrawPath(_path, _fill);
        }
    }

    /// <summary>Fills the current path with a gradient from one point to another.</summary>
    public void FillLinear(
        double x0,
        double y0,
        double x1,
        double y1,
        ReadOnlySpan<Rgb> colors,
        ReadOnlySpan<float> stops,
        double alpha = 1
    )
    {
        if (Submit(0))
        {
            _ends[0] = Point(x0, y0);
            _ends[1] = Point(x1, y1);
            using SKShader shader = SKShader.CreateLinearGradient(
                _ends[0],
                _ends[1],
                Colors(colors, alpha),
                stops.ToArray(),
                SKShaderTileMode.Clamp
            );
            FillWith(shader);
        }
    }

    /// <summary>Fills the current path with a gradient outwards from a point.</summary>
    public void FillRadial(
        double x,
        double y,
        double radius,
        ReadOnlySpan<Rgb> colors,
        ReadOnlySpan<float> stops,
        double alpha = 1
    )
    {
        if (Submit(0))
        {
            float r = (float)Math.Max(0.5, radius * Matrix.MeanScale);
            using SKShader shader = SKShader.CreateRadialGradient(
                Point(x, y),
                r,
                Colors(colors, alpha),
                stops.ToArray(),
                SKShaderTileMode.Clamp
            );
            FillWith(shader);
        }
    }

    /// <summary>A soft spot: <paramref name="color"/> in the middle, nothing at the edge of the ellipse.</summary>
    public void SoftSpot(double x, double y, double rx, double ry, Rgb color, double alpha)
    {
        Ellipse(x, y, rx, ry);
        if (!Submit(0))
        {
            return;
        }

        Affine map = Matrix * Affine.Translate(x, y) * Affine.Scale(rx, ry);
        var local = new SKMatrix(
            (float)map.Xx,
            (float)map.Xy,
            (float)map.X0,
            (float)map.Yx,
            (float)map.Yy,
            (float)map.Y0,
            0,
            0,
            1
        );
        SKColor[] colors =
        [
            color.WithAlpha(alpha * Opacity),
            color.WithAlpha(alpha * Opacity * 0.72),
            color.WithAlpha(0),
        ];
        using SKShader shader = SKShader.CreateRadialGradient(
            new SKPoint(0, 0),
            1,
            colors,
            [0f, 0.5f, 1f],
            SKShaderTileMode.Clamp,
            local
        );
        FillWith(shader);
    }

    /// <summary>Over what is drawn already: light at a point, darkness towards the radius (a ball's shading).</summary>
    public void FillShade(double x, double y, double radius, double strength)
    {
        if (Submit(0))
        {
            SKColor[] colors =
            [
                new(255, 255, 255, (byte)(255 * strength * Opacity)),
                new(255, 255, 255, (byte)(40 * strength * Opacity)),
                new(0, 0, 0, (byte)(50 * Opacity)),
                new(0, 0, 0, (byte)(125 * Opacity)),
            ];
            float r = (float)Math.Max(0.5, radius * Matrix.MeanScale);
            using SKShader shader = SKShader.CreateRadialGradient(
                Point(x, y),
                r,
                colors,
                [0f, 0.34f, 0.7f, 1f],
                SKShaderTileMode.Clamp
            );
            FillWith(shader);
        }
    }

    /// <summary>Draws a line of the given width (in the shape's units) along the current path.</summary>
    public void Stroke(Rgb color, double width, double alpha = 1)
    {
        double pixels = width * Matrix.MeanScale;
        if (Submit(pixels / 2))
        {
            _stroke.Color = Lit(color).WithAlpha(alpha * Opacity);
            _stroke.StrokeWidth = (float)Math.Max(0.4, pixels);
            Canvas!.DrawPath(_path, _stroke);
        }
    }

    private void FillWith(SKShader shader)
    {
        _fill.Color = SKColors.Black;
        _fill.Shader = shader;
        Canvas!.DrawPath(_path, _fill);
        _fill.Shader = null;
    }

    private Rgb Lit(Rgb color) => color.Lit(Light.R, Light.G, Light.B);

    private SKColor[] Colors(ReadOnlySpan<Rgb> colors, double alpha)
    {
        var result = new SKColor[colors.Length];
        for (int i = 0; i < colors.Length; i++)
        {
            result[i] = Lit(colors[i]).WithAlpha(alpha * Opacity);
        }

        return result;
    }

    private SKPoint Point(double x, double y)
    {
        (x, y) = Matrix.Map(x, y);
        return new SKPoint((float)x, (float)y);
    }

    /// <summary>Maps the path into the frame; false when there is nothing to draw on.</summary>
    private bool Submit(double margin)
    {
        int count = _count;
        double[] xs = _x,
            ys = _y;
        if (Half != 0)
        {
            count = ClipHalf();
            (xs, ys) = (_clipX, _clipY);
        }

        _count = 0;
        if (count < 2)
        {
            return false;
        }

        _path.Rewind();
        bool warped = !Deformation.IsNone;
        Bounds bounds = Bounds;
        for (int i = 0; i < count; i++)
        {
            if (warped && i > 0)
            {
                double length = Math.Max(Math.Abs(xs[i] - xs[i - 1]), Math.Abs(ys[i] - ys[i - 1]));
                int pieces = Math.Min(24, (int)(length / LongestWarpedEdge));
                for (int k = 1; k <= pieces; k++)
                {
                    double u = k / (pieces + 1.0);
                    Emit(Num.Lerp(xs[i - 1], xs[i], u), Num.Lerp(ys[i - 1], ys[i], u), false, ref bounds);
                }
            }

            Emit(xs[i], ys[i], i == 0, ref bounds);
        }

        if (_closed)
        {
            _path.Close();
        }

        if (Measuring)
        {
            Bounds = bounds;
        }

        return Canvas is not null;

        void Emit(double x, double y, bool first, ref Bounds box)
        {
            if (warped)
            {
                (x, y) = Deformation.Map(x, y);
            }

            (x, y) = Matrix.Map(x, y);
            box.Add(x, y, margin);
            if (Canvas is null)
            {
                return;
            }

            if (first)
            {
                _path.MoveTo((float)x, (float)y);
            }
            else
            {
                _path.LineTo((float)x, (float)y);
            }
        }
    }

    /// <summary>Cuts the path at x = 0 (Sutherland and Hodgman, one edge).</summary>
    private int ClipHalf()
    {
        int made = 0;
        int last = _closed ? _count : _count - 1;
        if (_clipX.Length < (2 * _count) + 2)
        {
            _clipX = new double[(2 * _count) + 2];
            _clipY = new double[(2 * _count) + 2];
        }

        for (int i = 0; i < _count; i++)
        {
            double x = _x[i] * Half,
                y = _y[i];
            if (x >= 0)
            {
                (_clipX[made], _clipY[made]) = (_x[i], y);
                made++;
            }

            if (i < last)
            {
                int j = (i + 1) % _count;
                double next = _x[j] * Half;
                if ((x >= 0) != (next >= 0))
                {
                    (_clipX[made], _clipY[made]) = (0, Num.Lerp(y, _y[j], x / (x - next)));
                    made++;
                }
            }
        }

        return made;
    }
}
