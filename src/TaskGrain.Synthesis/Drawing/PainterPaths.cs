namespace TaskGrain.Synthesis;

/// <summary>Building the current path: a single line of points, curves already cut into short pieces.</summary>
internal sealed partial class Painter
{
    private const int QuadPieces = 6;
    private const int CubicPieces = 9;

    /// <summary>Starts an empty path.</summary>
    public void Begin()
    {
        _count = 0;
        _closed = false;
    }

    public void MoveTo(double x, double y)
    {
        Begin();
        Add(x, y);
    }

    public void LineTo(double x, double y) => Add(x, y);

    public void QuadTo(double cx, double cy, double x, double y)
    {
        double x0 = _x[_count - 1],
            y0 = _y[_count - 1];
        for (int i = 1; i <= QuadPieces; i++)
        {
            double u = i / (double)QuadPieces,
                v = 1 - u;
            Add((v * v * x0) + (2 * u * v * cx) + (u * u * x), (v * v * y0) + (2 * u * v * cy) + (u * u * y));
        }
    }

    public void CubicTo(double ax, double ay, double bx, double by, double x, double y)
    {
        double x0 = _x[_count - 1],
            y0 = _y[_count - 1];
        for (int i = 1; i <= CubicPieces; i++)
        {
            double u = i / (double)CubicPieces,
                v = 1 - u;
            double p = v * v * v,
                q = 3 * u * v * v,
                r = 3 * u * u * v,
                s = u * u * u;
            Add((p * x0) + (q * ax) + (r * bx) + (s * x), (p * y0) + (q * ay) + (r * by) + (s * y));
        }
    }

    public void Close() => _closed = true;

    /// <summary>Part of an ellipse, from one angle to another, added to the path.</summary>
    public void Arc(double cx, double cy, double rx, double ry, double from, double to)
    {
        double size = Math.Max(Math.Abs(rx), Math.Abs(ry)) * Matrix.MeanScale;
        int whole =
            size < 4 ? 10
            : size < 14 ? 16
            : size < 40 ? 26
            : 40;
        int pieces = Math.Max(2, (int)Math.Ceiling(whole * Math.Abs(to - from) / Num.Tau));
        for (int i = 0; i <= pieces; i++)
        {
            double a = Num.Lerp(from, to, i / (double)pieces);
            Add(cx + (rx * Num.Cos(a)), cy + (ry * Num.Sin(a)));
        }
    }

    public void Ellipse(double cx, double cy, double rx, double ry)
    {
        _count = 0;
        Arc(cx, cy, rx, ry, 0, Num.Tau);
        _closed = true;
    }

    public void Rect(double left, double bottom, double right, double top)
    {
        MoveTo(left, bottom);
        LineTo(right, bottom);
        LineTo(right, top);
        LineTo(left, top);
        Close();
    }

    public void RoundRect(double left, double bottom, double right, double top, double radius)
    {
        double r = Math.Min(radius, Math.Min(right - left, top - bottom) / 2);
        _count = 0;
        Arc(right - r, top - r, r, r, 0, Math.PI / 2);
        Arc(left + r, top - r, r, r, Math.PI / 2, Math.PI);
        Arc(left + r, bottom + r, r, r, Math.PI, 1.5 * Math.PI);
        Arc(right - r, bottom + r, r, r, 1.5 * Math.PI, Num.Tau);
        Close();
    }

    /// <summary>A closed shape through the points x0, y0, x1, y1, …</summary>
    public void Polygon(params ReadOnlySpan<double> points)
    {
        Line(points);
        Close();
    }

    /// <summary>An open line through the points x0, y0, x1, y1, …</summary>
    public void Line(params ReadOnlySpan<double> points)
    {
        MoveTo(points[0], points[1]);
        for (int i = 2; i + 1 < points.Length; i += 2)
        {
            LineTo(points[i], points[i + 1]);
        }
    }

    /// <summary>
    /// A closed, rounded shape through the points: each is a corner that a curve cuts off at the edges' middles.
    /// </summary>
    public void Blob(params ReadOnlySpan<double> points)
    {
        int n = points.Length / 2;
        MoveTo((points[(2 * n) - 2] + points[0]) / 2, (points[(2 * n) - 1] + points[1]) / 2);
        for (int i = 0; i < n; i++)
        {
            int j = (i + 1) % n;
            QuadTo(
                points[2 * i],
                points[(2 * i) + 1],
                (points[2 * i] + points[2 * j]) / 2,
                (points[(2 * i) + 1] + points[(2 * j) + 1]) / 2
            );
        }

        Close();
    }

    private void Add(double x, double y)
    {
        if (_count == _x.Length)
        {
            Array.Resize(ref _x, 2 * _count);
            Array.Resize(ref _y, 2 * _count);
        }

        (_x[_count], _y[_count]) = (x, y);
        _count++;
    }
}
