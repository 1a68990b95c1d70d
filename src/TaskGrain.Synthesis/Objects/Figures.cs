namespace TaskGrain.Synthesis;

/// <summary>Drawings of toys and other things with a silhouette of their own, on the square from -1 to 1.</summary>
internal static class Figures
{
    private static readonly Rgb Ink = Rgb.Hex(0x1E1D20);

    public static void Bear(Painter p, SpriteView v)
    {
        Rgb c = v.Look.Main;
        Round(p, v, -0.55, -0.72, 0.36, 0.26, c.Shade(0.92));
        Round(p, v, 0.55, -0.72, 0.36, 0.26, c.Shade(0.92));
        Round(p, v, -0.75, -0.12, 0.25, 0.4, c.Shade(0.9));
        Round(p, v, 0.75, -0.12, 0.25, 0.4, c.Shade(0.9));
        Round(p, v, 0, -0.35, 0.62, 0.6, c);
        Round(p, v, 0, -0.4, 0.36, 0.38, v.Look.Accent);
        Round(p, v, -0.48, 0.86, 0.22, 0.16, c.Shade(0.9));
        Round(p, v, 0.48, 0.86, 0.22, 0.16, c.Shade(0.9));
        Round(p, v, 0, 0.5, 0.62, 0.46, c.Shade(1.05));
        Round(p, v, 0, 0.36, 0.28, 0.19, v.Look.Accent);
        Dot(p, -0.25, 0.6, 0.08, Ink);
        Dot(p, 0.25, 0.6, 0.08, Ink);
        Dot(p, 0, 0.44, 0.09, Ink);
    }

    public static void Duck(Painter p, SpriteView v)
    {
        Rgb c = v.Look.Main;
        p.Blob(-1.05, 0.1, -0.9, -0.85, 0, -1.12, 0.85, -0.9, 0.95, -0.1, 0.3, 0.12);
        Body(p, v, c);
        p.Blob(-0.6, -0.1, -0.65, -0.6, 0, -0.7, 0.35, -0.35, 0, -0.05);
        p.Fill(c.Shade(0.82));
        Round(p, v, 0.38, 0.5, 0.45, 0.48, c.Shade(1.06));
        p.Polygon(0.74, 0.52, 1.0, 0.4, 0.74, 0.28);
        p.Fill(Rgb.Hex(0xE0752B));
        Dot(p, 0.5, 0.62, 0.08, Ink);
    }

    public static void Car(Painter p, SpriteView v)
    {
        Rgb c = v.Look.Main;
        p.Polygon(-1, -0.55, 1, -0.55, 1, 0.02, 0.62, 0.16, 0.32, 0.92, -0.5, 0.92, -0.72, 0.16, -1, 0.08);
        Body(p, v, c);
        p.Polygon(-0.42, 0.76, -0.06, 0.76, -0.06, 0.2, -0.58, 0.2);
        p.Fill(Rgb.Hex(0x9CC4D8));
        p.Polygon(0.04, 0.76, 0.24, 0.76, 0.46, 0.2, 0.04, 0.2);
        p.Fill(Rgb.Hex(0x86B0C6));
        Dot(p, 0.9, -0.12, 0.1, Rgb.Hex(0xF5E6A0));
        foreach (double x in (ReadOnlySpan<double>)[-0.55, 0.55])
        {
            p.Ellipse(x, -0.6, 0.26, 0.4);
            p.Fill(Ink);
            p.Ellipse(x, -0.6, 0.12, 0.18);
            p.Fill(Rgb.Hex(0xA5A9AD));
        }
    }

    public static void Shoe(Painter p, SpriteView v)
    {
        p.Blob(-1.1, 0.95, -0.35, 1.1, -0.1, 0.3, 0.6, 0.05, 1.15, -0.3, 1.1, -0.9, 0, -0.85, -1.1, -0.9);
        Body(p, v, v.Look.Main);
        p.RoundRect(-0.98, -1, 1, -0.62, 0.2);
        p.Fill(Rgb.Hex(0xEDEAE2));
        for (int i = 0; i < 3; i++)
        {
            p.Line(-0.2 + (0.22 * i), 0.28 - (0.17 * i), 0.08 + (0.22 * i), 0.42 - (0.2 * i));
            p.Stroke(v.Look.Accent, 0.09);
        }
    }

    public static void Banana(Painter p, SpriteView v)
    {
        p.MoveTo(-0.98, 0.75);
        p.CubicTo(-0.8, -0.9, 0.5, -1.25, 1, 0.35);
        p.CubicTo(0.5, -0.25, -0.4, -0.3, -0.8, 0.95);
        p.Close();
        Body(p, v, v.Look.Main);
        p.Line(-0.9, 0.8, -0.92, 1.0);
        p.Stroke(Rgb.Hex(0x5B4A22), 0.13);
        Dot(p, 0.97, 0.3, 0.07, Rgb.Hex(0x4A3B1E));
    }

    public static void Chili(Painter p, SpriteView v)
    {
        for (int i = -1; i <= 1; i++)
        {
            p.Line(-0.7, 0, -1, 0.6 * i);
            p.Stroke(Rgb.Hex(0x4F8B3B), 0.16);
        }

        p.Blob(-0.75, 0.75, -0.85, 0, -0.75, -0.75, 0.2, -0.5, 1.25, 0, 0.2, 0.5);
        Body(p, v, v.Look.Main);
    }

    public static void Glasses(Painter p, SpriteView v)
    {
        foreach (double x in (ReadOnlySpan<double>)[-0.52, 0.52])
        {
            p.Ellipse(x, -0.1, 0.4, 0.72);
            p.Fill(Rgb.Hex(0x39424C), 0.75);
            p.Ellipse(x, -0.1, 0.4, 0.72);
            p.Stroke(v.Look.Main, 0.13);
        }

        p.Line(-0.14, 0.15, 0.14, 0.15);
        p.Stroke(v.Look.Main, 0.12);
        p.Line(-0.92, 0.2, -0.7, 0.9);
        p.Stroke(v.Look.Main.Shade(0.8), 0.1);
        p.Line(0.92, 0.2, 0.7, 0.9);
        p.Stroke(v.Look.Main.Shade(0.8), 0.1);
    }

    public static void Scissors(Painter p, SpriteView v)
    {
        p.Polygon(-0.1, 0.12, 1, 0.36, -0.1, -0.22);
        p.Fill(Rgb.Hex(0xB4B9BE));
        p.Polygon(-0.1, -0.12, 1, -0.36, -0.1, 0.22);
        p.Fill(Rgb.Hex(0x979DA3));
        foreach (double y in (ReadOnlySpan<double>)[-0.5, 0.5])
        {
            p.Line(-0.1, -0.1 * y, -0.4, y * 0.7);
            p.Stroke(v.Look.Main, 0.13);
            p.Ellipse(-0.68, y, 0.27, 0.36);
            p.Stroke(v.Look.Main, 0.14);
        }
    }

    public static void Key(Painter p, SpriteView v)
    {
        p.Ellipse(-0.62, 0, 0.34, 0.85);
        p.Stroke(v.Look.Main, 0.2);
        p.Polygon(
            -0.3,
            0.16,
            0.95,
            0.16,
            0.95,
            -0.75,
            0.78,
            -0.75,
            0.78,
            -0.2,
            0.62,
            -0.2,
            0.62,
            -0.6,
            0.46,
            -0.6,
            0.46,
            -0.16,
            -0.3,
            -0.16
        );
        Body(p, v, v.Look.Main);
    }

    public static void Watch(Painter p, SpriteView v)
    {
        p.RoundRect(-1, -0.3, 1, 0.3, 0.15);
        Body(p, v, v.Look.Accent);
        p.Ellipse(0, 0, 0.34, 0.9);
        p.Fill(v.Look.Main);
        p.Ellipse(0, 0, 0.26, 0.7);
        p.Fill(Rgb.Hex(0xF1EFE8));
        p.Line(0, 0, 0, 0.5);
        p.Stroke(Ink, 0.06);
        p.Line(0, 0, 0.16, -0.1);
        p.Stroke(Ink, 0.06);
    }

    public static void Mouse(Painter p, SpriteView v)
    {
        p.Blob(-1.1, 0.2, -0.9, -1.1, 0.2, -1.15, 1.15, -0.9, 1.05, 0.6, 0.1, 1.15, -0.8, 1.0);
        Body(p, v, v.Look.Main);
        p.Line(-0.95, 0, -0.2, 0.1);
        p.Stroke(v.Look.Main.Shade(0.6), 0.06);
        p.RoundRect(-0.75, -0.12, -0.4, 0.2, 0.1);
        p.Fill(v.Look.Accent);
    }

    public static void Robot(Painter p, SpriteView v)
    {
        Rgb c = v.Look.Main;
        p.Line(0, 0.8, 0, 1);
        p.Stroke(c.Shade(0.7), 0.1);
        p.RoundRect(-0.85, -0.35, -0.58, 0.12, 0.1);
        p.Fill(c.Shade(0.75));
        p.RoundRect(0.58, -0.35, 0.85, 0.12, 0.1);
        p.Fill(c.Shade(0.7));
        p.RoundRect(-0.45, -1, -0.08, -0.4, 0.06);
        p.Fill(c.Shade(0.7));
        p.RoundRect(0.08, -1, 0.45, -0.4, 0.06);
        p.Fill(c.Shade(0.65));
        p.RoundRect(-0.6, -0.52, 0.6, 0.2, 0.08);
        Body(p, v, c);
        p.RoundRect(-0.5, 0.24, 0.5, 0.84, 0.1);
        Body(p, v, c.Shade(1.08));
        Dot(p, -0.22, 0.58, 0.12, v.Look.Accent);
        Dot(p, 0.22, 0.58, 0.12, v.Look.Accent);
        p.Rect(-0.3, -0.3, 0.3, 0.02);
        p.Fill(v.Look.Detail);
    }

    public static void Dinosaur(Painter p, SpriteView v)
    {
        p.Blob(
            -1.15,
            -0.75,
            -0.5,
            -0.35,
            -0.15,
            0.2,
            0.1,
            0.95,
            0.9,
            1.1,
            1.05,
            0.5,
            0.5,
            0.35,
            0.55,
            -0.45,
            0.1,
            -0.75,
            -0.5,
            -0.8
        );
        Body(p, v, v.Look.Main);
        p.RoundRect(-0.35, -1, -0.08, -0.5, 0.1);
        p.Fill(v.Look.Main.Shade(0.72));
        p.RoundRect(0.18, -1, 0.45, -0.5, 0.1);
        p.Fill(v.Look.Main.Shade(0.78));
        p.Line(0.5, 0.02, 0.8, -0.1);
        p.Stroke(v.Look.Main.Shade(0.75), 0.12);
        for (int i = 0; i < 4; i++)
        {
            double x = -0.7 + (0.22 * i),
                y = -0.45 + (0.3 * i);
            p.Polygon(x - 0.1, y, x - 0.08, y + 0.3, x + 0.14, y + 0.14);
            p.Fill(v.Look.Accent);
        }

        Dot(p, 0.6, 0.78, 0.08, Ink);
    }

    public static void Bulb(Painter p, SpriteView v)
    {
        p.Ellipse(0, 0.35, 0.9, 0.64);
        Shading.Ball(p, 0, 0.35, 0.9, v.Look.Main, Finish.Glossy, v.Sun, 0.92);
        p.Polygon(-0.42, -0.1, 0.42, -0.1, 0.36, -0.4, -0.36, -0.4);
        p.Fill(v.Look.Main.Shade(0.9));
        p.RoundRect(-0.38, -0.98, 0.38, -0.36, 0.1);
        p.FillLinear(-0.4, 0, 0.4, 0, [Rgb.Hex(0x8D9297), Rgb.Hex(0xD8DBDD), Rgb.Hex(0x74797E)], [0f, 0.4f, 1f]);
    }

    public static void Plant(Painter p, SpriteView v)
    {
        for (int i = 0; i < 7; i++)
        {
            double a = -1.2 + (0.4 * i),
                x = 0.85 * Num.Sin(a),
                y = -0.1 + (1.0 * Num.Cos(a));
            p.MoveTo(0, -0.3);
            p.QuadTo((0.2 * x) - 0.14, 0.5 * y, x, y);
            p.QuadTo((0.6 * x) + 0.16, 0.4 * y, 0, -0.3);
            p.Close();
            p.Fill(Rgb.Hex(i % 2 == 0 ? 0x4E8F45 : 0x3C7639));
        }

        p.Polygon(-0.62, -0.2, 0.62, -0.2, 0.44, -1, -0.44, -1);
        Body(p, v, v.Look.Main);
        p.RoundRect(-0.7, -0.3, 0.7, -0.1, 0.06);
        Body(p, v, v.Look.Main.Shade(1.1));
    }

    public static void Cap(Painter p, SpriteView v)
    {
        p.Blob(-0.2, -0.95, 1.15, -1.05, 1.1, -0.55, 0.3, -0.45);
        p.Fill(v.Look.Accent.Shade(0.85));
        p.MoveTo(-0.95, -0.8);
        p.CubicTo(-1, 1.35, 0.72, 1.3, 0.62, -0.7);
        p.QuadTo(-0.2, -1.05, -0.95, -0.8);
        p.Close();
        Body(p, v, v.Look.Main);
        Dot(p, -0.15, 0.9, 0.08, v.Look.Accent);
    }

    public static void Headphones(Painter p, SpriteView v)
    {
        p.Begin();
        p.Arc(0, -0.15, 0.78, 1.0, 0, Math.PI);
        p.Stroke(v.Look.Main, 0.17);
        p.RoundRect(-1, -0.95, -0.52, 0.1, 0.2);
        Body(p, v, v.Look.Accent);
        p.RoundRect(0.52, -0.95, 1, 0.1, 0.2);
        Body(p, v, v.Look.Accent);
    }

    public static void Stapler(Painter p, SpriteView v)
    {
        p.RoundRect(-1, -1, 1, -0.55, 0.15);
        p.Fill(v.Look.Main.Shade(0.6));
        p.Blob(-1.05, -0.6, -1.05, 0.4, -0.5, 1.1, 0.95, 0.5, 1.1, -0.1, 0.4, -0.45);
        Body(p, v, v.Look.Main);
        p.Line(-0.8, -0.35, 0.85, -0.2);
        p.Stroke(Rgb.Hex(0xB8BDC2), 0.12);
    }

    public static void Lock(Painter p, SpriteView v)
    {
        p.Begin();
        p.Arc(0, 0.2, 0.5, 0.72, 0, Math.PI);
        p.Stroke(Rgb.Hex(0xA9AEB3), 0.2);
        p.RoundRect(-0.8, -1, 0.8, 0.25, 0.16);
        Body(p, v, v.Look.Main);
        Dot(p, 0, -0.3, 0.14, Ink);
        p.Line(0, -0.3, 0, -0.6);
        p.Stroke(Ink, 0.1);
    }

    public static void Glove(Painter p, SpriteView v)
    {
        p.Blob(-0.7, -1.1, -0.8, 0.3, -0.7, 1.15, -0.2, 1.2, 0.35, 1.1, 0.55, 0.1, 0.5, -1.1);
        Body(p, v, v.Look.Main);
        p.Blob(0.3, -0.1, 0.9, 0.55, 1.1, 0.35, 0.7, -0.35, 0.35, -0.6);
        p.Fill(v.Look.Main.Shade(0.88));
        p.RoundRect(-0.72, -1, 0.56, -0.66, 0.1);
        p.Fill(v.Look.Accent);
    }

    /// <summary>Fills the current path with the body's colour in soft light.</summary>
    internal static void Body(Painter p, in SpriteView v, Rgb c)
    {
        double light = v.Look.Finish is Finish.Glossy or Finish.Metal ? 1.4 : 1.15;
        p.FillLinear(0.7 * v.Sun, 1, -0.7 * v.Sun, -1, [c.Shade(light), c, c.Shade(0.66)], [0f, 0.5f, 1f]);
    }

    internal static void Round(Painter p, in SpriteView v, double x, double y, double rx, double ry, Rgb c)
    {
        p.Ellipse(x, y, rx, ry);
        Shading.Ball(p, x, y, Math.Max(rx, ry), c, Finish.Soft, v.Sun);
    }

    internal static void Dot(Painter p, double x, double y, double r, Rgb c)
    {
        p.Ellipse(x, y, r, r);
        p.Fill(c);
    }
}
