namespace TaskGrain.Synthesis;

/// <summary>A cloth over something, or hanging from a hand: a bell with folds.</summary>
internal static class Draped
{
    public static void Draw(Painter p, in SpriteView view, SheetMark mark)
    {
        double u = view.Pose.Drape;
        double w = view.Width / 2 * Num.Lerp(1, 0.86, u),
            tall = Num.Lerp(view.Depth * 0.55, view.Depth * 0.78, u);
        double top = tall * 0.52,
            foot = -tall * 0.48,
            shoulder = w * 0.55;
        Rgb c = view.Look.Main;
        p.MoveTo(-w, foot);
        p.CubicTo(-0.86 * w, Num.Lerp(foot, top, 0.4), -shoulder - (0.12 * w), top, -0.3 * shoulder, top);
        p.CubicTo(0.2 * shoulder, top + (0.06 * tall), shoulder + (0.1 * w), top, w * 0.82, Num.Lerp(foot, top, 0.35));
        p.LineTo(w, foot + (0.03 * tall));
        for (int i = 1; i <= 8; i++)
        {
            double x = Num.Lerp(w, -w, i / 8.0);
            p.LineTo(x, foot - ((i % 2) * 0.07 * tall) - (0.1 * tall * (1 - (x * x / (w * w)))));
        }

        p.Close();
        Shading.Cylinder(p, w, c, Finish.Soft, view.Sun);
        p.Measuring = false;
        for (int i = 0; i < 4; i++)
        {
            double x = (-0.62 + (0.41 * i)) * w;
            p.MoveTo(x, foot - (0.05 * tall));
            p.QuadTo(x * 0.9, Num.Lerp(foot, top, 0.4), x * 0.55, top * 0.75);
            p.Stroke(c.Shade(0.7), 0.35, 0.5);
            if (mark is SheetMark.Checks or SheetMark.Stripes or SheetMark.Dots)
            {
                p.MoveTo(x + (0.2 * w), foot);
                p.QuadTo((x + (0.2 * w)) * 0.9, Num.Lerp(foot, top, 0.4), (x + (0.2 * w)) * 0.6, top * 0.8);
                p.Stroke(view.Look.Accent, 0.5, 0.5);
            }
        }

        p.Measuring = true;
    }
}
