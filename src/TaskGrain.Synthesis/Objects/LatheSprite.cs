namespace TaskGrain.Synthesis;

/// <summary>
/// Bodies turned on a lathe: cups, bottles, cans, bowls, candles. The profile gives the radius (1 = half the width)
/// at heights from 0 (foot) to 1 (rim).
/// </summary>
/// <param name="profile">(height, radius) from foot to rim.</param>
internal sealed class LatheSprite(params (double T, double R)[] profile) : Sprite
{
    /// <summary>Open at the top.</summary>
    public bool Hollow { get; init; }

    /// <summary>Height where a cap or lid begins; above 1 for none.</summary>
    public double CapFrom { get; init; } = 2;

    /// <summary>A printed band between two heights.</summary>
    public (double From, double To)? Label { get; init; }

    /// <summary>A mug's handle.</summary>
    public bool Handle { get; init; }

    /// <summary>Thin rings at these heights.</summary>
    public IReadOnlyList<double> Rings { get; init; } = [];

    /// <summary>Anything more, drawn last.</summary>
    public Action<Painter, SpriteView>? Extra { get; init; }

    public override void DrawBack(Painter painter, in SpriteView view)
    {
        bool open = Hollow || (CapFrom <= 1 && view.Pose.Open > 0.02);
        if (!open)
        {
            return;
        }

        double top = Hollow ? 1 : CapFrom;
        double r = Radius(top) * view.Width / 2,
            y = Y(view, top);
        Rgb inside = view.Look.Main.Shade(0.55);
        painter.Ellipse(0, y, r, r * view.Flat);
        painter.FillLinear(
            -r,
            0,
            r,
            0,
            view.Sun < 0 ? [inside.Shade(0.7), inside.Shade(1.12)] : [inside.Shade(1.12), inside.Shade(0.7)],
            [0f, 1f],
            view.Look.Finish == Finish.Glass ? 0.45 : 1
        );
        if (view.Pose.Fill > 0.02)
        {
            double level = 0.04 + (0.86 * top * view.Pose.Fill);
            if (view.Look.Finish == Finish.Glass)
            {
                Body(painter, view, 0.04, level, 0.92, false);
                painter.Fill(view.Content, 0.8);
            }

            double lr = Radius(level) * 0.92 * view.Width / 2;
            painter.Ellipse(0, Y(view, level), lr, lr * view.Flat);
            painter.Fill(view.Content.Shade(1.08));
        }
    }

    public override void DrawFront(Painter painter, in SpriteView view)
    {
        double half = view.Width / 2;
        Appearance look = view.Look;
        double bodyTop = CapFrom <= 1 ? CapFrom : 1;
        bool open = Hollow || view.Pose.Open > 0.02;
        double alpha = look.Finish == Finish.Glass ? 0.55 : 1;
        double side = Num.Cos(view.Pose.Yaw);
        if (Handle && Num.Sin(view.Pose.Yaw) > 0)
        {
            DrawHandle(painter, view, side);
        }

        Body(painter, view, 0, bodyTop, 1, open);
        Shading.Cylinder(painter, half, look.Main, look.Finish, view.Sun, alpha);
        if (!open)
        {
            double r = Radius(bodyTop) * half;
            painter.Ellipse(0, Y(view, bodyTop), r, r * view.Flat);
            painter.Fill(look.Main.Shade(1.12), alpha);
        }

        if (Label is { } label)
        {
            Body(painter, view, label.From, label.To, 1.002, true);
            Shading.Cylinder(painter, half, look.Accent, Finish.Matte, view.Sun);
            Badge(
                painter,
                view,
                label.From + (0.2 * (label.To - label.From)),
                label.From + (0.8 * (label.To - label.From)),
                look.Detail
            );
        }
        else if (look.Variant % 3 != 0)
        {
            Badge(painter, view, 0.38, 0.66, look.Accent);
        }

        foreach (double ring in Rings)
        {
            Body(painter, view, ring, Math.Min(1, ring + 0.045), 1.004, true);
            Shading.Cylinder(painter, half, look.Accent, look.Finish, view.Sun);
        }

        if (Hollow)
        {
            double r = Radius(1) * half;
            painter.Ellipse(0, Y(view, 1), r, r * view.Flat);
            painter.Stroke(look.Main.Shade(1.35), 0.28, look.Finish == Finish.Glass ? 0.7 : 0.95);
        }

        if (look.Finish is Finish.Glossy or Finish.Glass)
        {
            Highlight(painter, view, bodyTop);
        }

        if (Handle && Num.Sin(view.Pose.Yaw) <= 0)
        {
            DrawHandle(painter, view, side);
        }

        if (CapFrom <= 1)
        {
            DrawCap(painter, view);
        }

        Extra?.Invoke(painter, view);
    }

    /// <summary>Height on the drawing of a level of the body.</summary>
    internal static double Y(in SpriteView view, double t) => (t - 0.5) * view.Height * view.Tall;

    /// <summary>Where the cap is relative to its place on the bottle: lifted, then put aside.</summary>
    internal static (double X, double Y, double Turn) CapShift(in SpriteView view)
    {
        double o = view.Pose.Open,
            aside = view.Look.Variant % 2 == 0 ? 1 : -1;
        return (
            aside * 0.85 * view.Width * Math.Max(0, o - 0.35) / 0.65,
            view.Height * 0.3 * Math.Min(1, o / 0.5),
            -aside * 0.5 * o
        );
    }

    private static void DrawHandle(Painter p, in SpriteView view, double side)
    {
        double r = 0.3 * view.Height * view.Tall;
        double x = side * ((view.Width / 2) - 0.1);
        p.Begin();
        p.Arc(x, 0.04 * view.Height, 0.62 * r * side, r, -1.35, 1.35);
        p.Stroke(view.Look.Main.Shade(0.74), 0.95);
        p.Begin();
        p.Arc(x, 0.06 * view.Height, 0.62 * r * side, r, -1.2, 1.3);
        p.Stroke(view.Look.Main.Shade(1.1), 0.4);
    }

    private void DrawCap(Painter p, in SpriteView view)
    {
        var (dx, dy, turn) = CapShift(view);
        Affine before = p.Matrix;
        double middle = Y(view, (CapFrom + 1) / 2);
        p.Matrix = before * Affine.Translate(dx, dy + middle) * Affine.Rotate(turn) * Affine.Translate(0, -middle);
        Body(p, view, CapFrom, 1, 1.04, false);
        Shading.Cylinder(p, Radius(CapFrom) * view.Width / 2, view.Look.Accent, view.Look.Finish, view.Sun);
        double r = Radius(1) * view.Width / 2;
        p.Ellipse(0, Y(view, 1), r, r * view.Flat);
        p.Fill(view.Look.Accent.Shade(1.16));
        p.Matrix = before;
    }

    /// <summary>A printed mark that turns with the body.</summary>
    private void Badge(Painter p, in SpriteView view, double from, double to, Rgb color)
    {
        double phase = view.Pose.Yaw + (0.7 * ((view.Look.Variant % 5) - 2));
        for (int k = 0; k < 2; k++)
        {
            double a = phase + (k * Math.PI);
            double low = a - 0.55,
                high = a + 0.55;
            if (Num.Cos(a) < 0.12)
            {
                continue;
            }

            double r0 = Radius(from) * view.Width / 2,
                r1 = Radius(to) * view.Width / 2;
            p.Begin();
            for (int i = 0; i <= 6; i++)
            {
                double at = Num.Lerp(low, high, i / 6.0);
                p.LineTo(r0 * Num.Sin(at), Y(view, from) - (r0 * view.Flat * Math.Max(0, Num.Cos(at))));
            }

            for (int i = 6; i >= 0; i--)
            {
                double at = Num.Lerp(low, high, i / 6.0);
                p.LineTo(r1 * Num.Sin(at), Y(view, to) - (r1 * view.Flat * Math.Max(0, Num.Cos(at))));
            }

            p.Close();
            p.Fill(k == 0 ? color : color.Shade(1.4), 0.85 * Num.Cos(a));
        }
    }

    private void Highlight(Painter p, in SpriteView view, double top)
    {
        double x = 0.52 * view.Width / 2 * view.Sun;
        double r0 = Radius(0.15) * x,
            r1 = Radius(top * 0.88) * x;
        p.Line(r0, Y(view, 0.15), Radius(top * 0.5) * x, Y(view, top * 0.5), r1, Y(view, top * 0.88));
        p.Stroke(Rgb.White, 0.07 * view.Width, 0.45);
    }

    /// <summary>The outline of the body between two levels; its upper end bulges down (open) or up (closed).</summary>
    private void Body(Painter p, in SpriteView view, double from, double to, double grow, bool open)
    {
        double half = grow * view.Width / 2,
            r0 = Radius(from) * half,
            r1 = Radius(to) * half;
        p.Begin();
        p.Arc(0, Y(view, from), r0, r0 * view.Flat, Math.PI, Num.Tau);
        foreach (var (t, r) in profile)
        {
            if (t > from && t < to)
            {
                p.LineTo(r * half, Y(view, t));
            }
        }

        p.Arc(0, Y(view, to), r1, r1 * view.Flat, open ? Num.Tau : 0, Math.PI);
        for (int i = profile.Length - 1; i >= 0; i--)
        {
            var (t, r) = profile[i];
            if (t > from && t < to)
            {
                p.LineTo(-r * half, Y(view, t));
            }
        }

        p.Close();
    }

    private double Radius(double t)
    {
        for (int i = 1; i < profile.Length; i++)
        {
            if (t <= profile[i].T)
            {
                double u = (t - profile[i - 1].T) / Math.Max(1e-9, profile[i].T - profile[i - 1].T);
                return Num.Lerp(profile[i - 1].R, profile[i].R, Num.Clamp01(u));
            }
        }

        return profile[^1].R;
    }
}
