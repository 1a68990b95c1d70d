namespace TaskGrain.Synthesis;

/// <summary>Something that is not an object: a stream, a puddle, grains, a stain.</summary>
internal abstract class Effect
{
    /// <summary>Drawn just after this object; null: on the table, under all objects.</summary>
    public Actor? On { get; init; }

    /// <summary>For what is in the air: the depth to draw it at; null: lies on something.</summary>
    public virtual double? AirDepth(double time) => null;

    /// <summary>Draws it; the painter's matrix maps pixels of the view to the frame.</summary>
    public abstract void Draw(Painter painter, View view, double time);
}

/// <summary>Liquid or crumbs on a surface: a blob that grows, and may be wiped away.</summary>
internal sealed class Puddle(Rgb color, ulong seed, bool grains) : Effect
{
    /// <summary>Half its width, cm.</summary>
    public Track Size { get; } = new(0);

    public Track Opacity { get; } = new(1);

    public required Func<double, Spot> At { get; init; }

    public override void Draw(Painter painter, View view, double time)
    {
        double size = Size.At(time),
            opacity = Opacity.At(time);
        if (size < 0.05 || opacity < 0.02)
        {
            return;
        }

        Spot spot = At(time);
        var (x, y) = view.Project(spot.X, spot.Y, spot.Z);
        double s = view.ScaleAt(spot.Z) * view.PixelsPerCm;
        Affine before = painter.Matrix;
        painter.Matrix = before * Affine.Translate(x, y) * Affine.Scale(s, -s * view.Flat);
        if (grains)
        {
            int count = (int)Math.Min(60, 10 + (12 * size));
            for (int i = 0; i < count; i++)
            {
                double a = Num.Tau * Lattice.Hash(i, 1, seed),
                    r = size * Math.Sqrt(Lattice.Hash(i, 2, seed));
                double g = 0.18 + (0.2 * Lattice.Hash(i, 3, seed));
                painter.Ellipse(r * Num.Cos(a), r * Num.Sin(a), g, g * 1.1);
                painter.Fill(color.Shade(0.75 + (0.4 * Lattice.Hash(i, 4, seed))), opacity);
            }
        }
        else
        {
            Span<double> points = stackalloc double[20];
            for (int i = 0; i < 10; i++)
            {
                double a = i * Num.Tau / 10,
                    r = size * (0.82 + (0.4 * Lattice.Hash(i, 5, seed)));
                points[2 * i] = r * Num.Cos(a);
                points[(2 * i) + 1] = r * Num.Sin(a);
            }

            painter.Blob(points);
            painter.FillRadial(
                -0.2 * size,
                0.2 * size,
                1.3 * size,
                [color.Shade(1.15), color, color.Shade(0.8)],
                [0f, 0.6f, 1f],
                0.82 * opacity
            );
            painter.Ellipse(-0.3 * size, 0.35 * size, 0.26 * size, 0.12 * size);
            painter.Fill(Rgb.White, 0.35 * opacity);
        }

        painter.Matrix = before;
    }
}

/// <summary>What falls from one place to another between two times: liquid, or single grains.</summary>
internal sealed class Pour(Rgb color, double start, double end, bool grains, ulong seed) : Effect
{
    private const double FallTime = 0.22;

    public required Func<double, Spot> From { get; init; }

    public required Func<double, Spot> To { get; init; }

    /// <summary>Width at its upper end, cm.</summary>
    public double Width { get; init; } = 0.9;

    public override double? AirDepth(double time) =>
        time >= start && time <= end + FallTime ? Math.Min(From(time).Z, To(time).Z) - 0.3 : null;

    public override void Draw(Painter painter, View view, double time)
    {
        Spot from = From(time),
            to = To(time);
        var (x0, y0) = view.Project(from.X, from.Y, from.Z);
        var (x1, y1) = view.Project(to.X, to.Y, to.Z);
        double s = view.PixelsPerCm * view.ScaleAt(to.Z);
        // The head falls from the start on, the tail after the end.
        double head = Num.Clamp01((time - start) / FallTime),
            tail = Num.Clamp01((time - end) / FallTime);
        head *= head;
        tail *= tail;
        if (grains)
        {
            for (int i = 0; i < 16; i++)
            {
                double phase = Lattice.Hash(i, 1, seed),
                    u = ((time - start) / (2 * FallTime)) + phase;
                u -= Math.Floor(u);
                if (u > head || u < tail)
                {
                    continue;
                }

                double spread =
                    s
                    * 1.3
                    * (Lattice.Hash(i, (int)(((time - start) / (2 * FallTime)) + phase), seed + 2) - 0.5)
                    * (0.4 + u);
                double g = s * (0.14 + (0.14 * Lattice.Hash(i, 3, seed)));
                painter.Ellipse(Num.Lerp(x0, x1, u) + spread, Num.Lerp(y0, y1, u * u), g, g);
                painter.Fill(color.Shade(0.8 + (0.3 * phase)));
            }

            return;
        }

        double wide = s * Width / 2,
            thin = wide * 0.55;
        painter.Begin();
        Side(-1);
        SideBack();
        painter.Close();
        painter.Fill(color, 0.85);
        painter.Begin();
        for (int i = 0; i <= 6; i++)
        {
            double u = Num.Lerp(tail, head, i / 6.0);
            painter.LineTo(X(u) - (0.25 * wide), Y(u));
        }

        painter.Stroke(color.Shade(1.5), Math.Max(0.5, 0.4 * thin), 0.6);

        double X(double u) => Num.Lerp(x0, x1, Math.Sqrt(u)) + (0.12 * wide * Num.Sin((9 * u) - (14 * time)));
        double Y(double u) => Num.Lerp(y0, y1, u);
        void Side(int sign)
        {
            for (int i = 0; i <= 8; i++)
            {
                double u = Num.Lerp(tail, head, i / 8.0);
                painter.LineTo(X(u) + (sign * Num.Lerp(wide, thin, u)), Y(u));
            }
        }

        void SideBack()
        {
            for (int i = 8; i >= 0; i--)
            {
                double u = Num.Lerp(tail, head, i / 8.0);
                painter.LineTo(X(u) + Num.Lerp(wide, thin, u), Y(u));
            }
        }
    }
}
