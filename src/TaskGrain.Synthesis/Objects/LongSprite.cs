namespace TaskGrain.Synthesis;

/// <summary>
/// Long things along the x axis: pens, sticks, brushes. The outline gives the half thickness (1 = half the depth) at
/// places from -1 (tail) to +1 (tip). A broken one has a kink in its middle.
/// </summary>
/// <param name="outline">(place, half thickness) from tail to tip.</param>
internal sealed class LongSprite(params (double U, double H)[] outline) : Sprite
{
    /// <summary>Stretches in the accent colour: caps, grips, tips.</summary>
    public IReadOnlyList<(double From, double To)> Accents { get; init; } = [];

    /// <summary>Stretches in the detail colour.</summary>
    public IReadOnlyList<(double From, double To)> Details { get; init; } = [];

    /// <summary>Anything more; drawn on (-1..1, -1..1).</summary>
    public Action<Painter, SpriteView>? Extra { get; init; }

    public override void DrawFront(Painter painter, in SpriteView view)
    {
        if (view.Pose.Break > 0.01)
        {
            Affine before = painter.Matrix;
            for (int half = -1; half <= 1; half += 2)
            {
                painter.Half = half;
                painter.Matrix = before * Affine.Rotate(half * -view.Pose.Break / 2);
                DrawWhole(painter, view);
            }

            painter.Half = 0;
            painter.Matrix = before;
            return;
        }

        DrawWhole(painter, view);
    }

    private void DrawWhole(Painter p, in SpriteView view)
    {
        Stretch(p, view, -1, 1, view.Look.Main, 1);
        foreach (var (from, to) in Accents)
        {
            Stretch(p, view, from, to, view.Look.Accent, 1.04);
        }

        foreach (var (from, to) in Details)
        {
            Stretch(p, view, from, to, view.Look.Detail, 1.04);
        }

        if (Extra is not null)
        {
            Affine before = p.Matrix;
            p.Matrix = before * Affine.Scale(view.Width / 2, view.Depth / 2);
            Deformation deformation = p.Deformation;
            p.Deformation = deformation with { Unit = (view.Width / 2, view.Depth / 2) };
            Extra(p, view);
            p.Deformation = deformation;
            p.Matrix = before;
        }
    }

    private void Stretch(Painter p, in SpriteView view, double from, double to, Rgb color, double grow)
    {
        double hx = view.Width / 2,
            hy = grow * view.Depth / 2;
        p.Begin();
        p.LineTo(from * hx, -Half(from) * hy);
        foreach (var (u, h) in outline)
        {
            if (u > from && u < to)
            {
                p.LineTo(u * hx, -h * hy);
            }
        }

        p.LineTo(to * hx, -Half(to) * hy);
        p.LineTo(to * hx, Half(to) * hy);
        for (int i = outline.Length - 1; i >= 0; i--)
        {
            var (u, h) = outline[i];
            if (u > from && u < to)
            {
                p.LineTo(u * hx, h * hy);
            }
        }

        p.LineTo(from * hx, Half(from) * hy);
        p.Close();
        double light = view.Look.Finish switch
        {
            Finish.Metal => 1.7,
            Finish.Glossy => 1.45,
            _ => 1.22,
        };
        p.FillLinear(
            0,
            hy,
            0,
            -hy,
            [color.Shade(0.95), color.Shade(light), color.Shade(0.95), color.Shade(0.58)],
            [0f, 0.3f, 0.55f, 1f]
        );
    }

    private double Half(double at)
    {
        for (int i = 1; i < outline.Length; i++)
        {
            if (at <= outline[i].U)
            {
                double u = (at - outline[i - 1].U) / Math.Max(1e-9, outline[i].U - outline[i - 1].U);
                return Num.Lerp(outline[i - 1].H, outline[i].H, u);
            }
        }

        return outline[^1].H;
    }
}
