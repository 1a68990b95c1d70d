namespace TaskGrain.Synthesis;

/// <summary>What is on a sheet.</summary>
internal enum SheetMark
{
    None,
    Lines,
    Checks,
    Border,
    Picture,
    Dots,
    Stripes,
    Veins,
}

/// <summary>
/// Thin flat things: paper, cloth, cards, coins, leaves. They fold at x = 0, tear there, and hang over what they cover.
/// </summary>
internal sealed class SheetSprite : Sprite
{
    public SheetMark Mark { get; init; }

    /// <summary>Round instead of rectangular.</summary>
    public bool Round { get; init; }

    /// <summary>A pointed leaf.</summary>
    public bool Leaf { get; init; }

    /// <summary>Wavy edges, as cloth has.</summary>
    public bool Wavy { get; init; }

    public override void DrawFront(Painter painter, in SpriteView view)
    {
        if (view.Pose.Drape > 0.02)
        {
            Draped.Draw(painter, view, Mark);
            return;
        }

        if (view.Pose.Fold <= 0.01 && view.Pose.Tear <= 0.01)
        {
            DrawPart(painter, view, 1);
            return;
        }

        Affine before = painter.Matrix;
        if (view.Pose.Tear > 0.01)
        {
            // The halves turn apart about the lower end of the tear.
            double tear = view.Pose.Tear,
                foot = Num.Lerp(view.Depth / 2, -view.Depth / 2, Math.Min(1, tear * 1.02));
            for (int half = -1; half <= 1; half += 2)
            {
                painter.Half = half;
                painter.Matrix =
                    before
                    * Affine.Translate(0, foot)
                    * Affine.Rotate(-half * 0.42 * tear)
                    * Affine.Translate(0, -foot);
                DrawPart(painter, view, 1);
                if (tear < 0.97)
                {
                    RaggedEdge(painter, view, foot, half);
                }
            }

            painter.Half = 0;
            painter.Matrix = before;
            return;
        }

        painter.Half = -1;
        DrawPart(painter, view, 1);
        double angle = Math.PI * view.Pose.Fold;
        double c = Num.Cos(angle),
            s = Num.Sin(angle);
        painter.Half = 1;
        // A lifted half rises on the picture as it turns over.
        painter.Matrix = before * new Affine(Math.Abs(c) < 0.02 ? 0.02 : c, 0.95 * s, 0, 1, 0, 0.12 * view.Pose.Fold);
        DrawPart(painter, view, c > 0 ? 1 - (0.2 * s) : 0.86);
        painter.Half = 0;
        painter.Matrix = before;
    }

    private static void RaggedEdge(Painter p, in SpriteView view, double foot, int half)
    {
        p.Half = 0;
        p.MoveTo(0, view.Depth / 2);
        for (int i = 1; i <= 5; i++)
        {
            p.LineTo(-half * 0.12 * (i % 2), Num.Lerp(view.Depth / 2, foot, i / 5.0));
        }

        p.Stroke(view.Look.Main.Shade(1.3), 0.22);
        p.Half = half;
    }

    private void DrawPart(Painter p, in SpriteView view, double light)
    {
        double w = view.Width / 2,
            d = view.Depth / 2;
        // Thickness below the top side.
        Affine before = p.Matrix;
        double thick = Math.Max(0.12, view.Height) * 0.8;
        p.Matrix = Affine.Translate(0, thick * before.MeanScale * 0.5) * before;
        Outline(p, w, d);
        p.Fill(view.Look.Main.Shade(0.6 * light));
        p.Matrix = before;
        Outline(p, w, d);
        Rgb c = view.Look.Main.Shade(light);
        if (view.Look.Finish == Finish.Metal)
        {
            p.FillLinear(
                -w,
                d,
                w,
                -d,
                [c.Shade(0.85), c.Shade(1.5), c.Shade(0.8), c.Shade(1.15)],
                [0f, 0.35f, 0.6f, 1f]
            );
        }
        else
        {
            p.FillLinear(
                -w,
                d,
                w,
                -d,
                view.Sun < 0 ? [c.Shade(1.12), c.Shade(0.9)] : [c.Shade(0.9), c.Shade(1.12)],
                [0f, 1f]
            );
        }

        p.Measuring = false;
        if (view.Actor.Photo is { } photo)
        {
            Photo(p, view, photo, w, d);
        }
        else
        {
            SheetMarks.Draw(p, Mark, view.Look, w, d, light);
        }

        p.Measuring = true;
    }

    /// <summary>A picture of an object on a pale ground.</summary>
    private static void Photo(Painter p, in SpriteView view, ObjectKind photo, double w, double d)
    {
        p.Rect(-0.9 * w, -0.88 * d, 0.9 * w, 0.88 * d);
        p.FillLinear(0, d, 0, -d, [Rgb.Hex(0xBFD3DE), Rgb.Hex(0xE8E2D4), Rgb.Hex(0xB99A72)], [0f, 0.6f, 1f]);
        double tall = photo.LiesFlat ? photo.Depth : photo.Height;
        double fit = Math.Min(1.3 * w / photo.Width, 1.3 * d / tall);
        var shown = new Actor(
            photo,
            view.Look with
            {
                Color = photo.Colors[view.Look.Variant % photo.Colors.Count],
            },
            1
        );
        Affine before = p.Matrix;
        Deformation deformation = p.Deformation;
        p.Deformation = default;
        p.Matrix = before * Affine.Scale(fit, fit);
        var inner = new SpriteView(shown, shown.At(0), 0.4, 0.9, view.Sun);
        photo.Sprite.DrawBack(p, inner);
        photo.Sprite.DrawFront(p, inner);
        p.Matrix = before;
        p.Deformation = deformation;
        p.Measuring = false;
    }

    private void Outline(Painter p, double w, double d)
    {
        if (Leaf)
        {
            p.MoveTo(-w, 0);
            p.CubicTo(-0.5 * w, 1.15 * d, 0.4 * w, 1.1 * d, w, 0.05 * d);
            p.CubicTo(0.4 * w, -1.1 * d, -0.5 * w, -1.15 * d, -w, 0);
            p.Close();
        }
        else if (Round)
        {
            p.Ellipse(0, 0, w, d);
        }
        else if (Wavy)
        {
            p.MoveTo(-w, -d);
            Wave(p, -w, -d, w, -d, 0.05 * d, 0);
            Wave(p, w, -d, w, d, 0, 0.045 * w);
            Wave(p, w, d, -w, d, -0.05 * d, 0);
            Wave(p, -w, d, -w, -d, 0, -0.045 * w);
            p.Close();
        }
        else
        {
            p.Rect(-w, -d, w, d);
        }
    }

    private static void Wave(Painter p, double x0, double y0, double x1, double y1, double dy, double dx)
    {
        for (int i = 1; i <= 6; i++)
        {
            double u = i / 6.0,
                s = i % 2 == 0 ? 0 : 1;
            p.LineTo(Num.Lerp(x0, x1, u) + (s * dx), Num.Lerp(y0, y1, u) + (s * dy));
        }
    }
}
