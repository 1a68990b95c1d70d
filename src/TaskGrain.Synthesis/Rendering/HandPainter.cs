namespace TaskGrain.Synthesis;

/// <summary>
/// Draws a hand and its arm, seen from the back: cm about the middle of the palm, fingers towards +x, thumb towards +y.
/// What the hand holds is drawn between its two layers.
/// </summary>
internal static class HandPainter
{
    private const double ArmLength = 75;

    /// <summary>Fingers: behind what is held.</summary>
    public static void DrawBehind(Painter p, HandLook look, in HandShape shape)
    {
        Finger(p, look, 3.1, -3.0, 5.0, 1.62, shape.Little);
        Finger(p, look, 4.0, -1.1, 6.6, 1.85, shape.Ring);
        Finger(p, look, 4.35, 0.95, 7.2, 1.95, shape.Middle, look.Ring);
        Finger(p, look, 4.0, 2.85, 6.5, 1.9, shape.Index);
    }

    /// <summary>Arm, palm and thumb: in front of what is held.</summary>
    public static void DrawFront(Painter p, HandLook look, in HandShape shape)
    {
        Rgb skin = look.Skin,
            dark = skin.Shade(0.62);
        Arm(p, look);

        // Back of the hand.
        p.MoveTo(-6.2, -2.3);
        p.CubicTo(-3.6, -3.1, -1, -4.3, 2.6, -4.1);
        p.CubicTo(4.6, -3.7, 5.6, -1.2, 5.4, 1.0);
        p.CubicTo(5.2, 3.2, 4.6, 4.0, 3.0, 4.1);
        p.CubicTo(0.5, 4.3, -2.4, 3.6, -6.2, 2.4);
        p.Close();
        p.FillLinear(1, 5, -0.5, -5, [skin.Shade(1.1), skin, skin.Shade(0.8)], [0f, 0.45f, 1f]);
        if (!look.Gloved)
        {
            for (int i = 0; i < 4; i++)
            {
                p.SoftSpot(3.8 - (0.25 * i * (i - 1)), 2.6 - (1.85 * i), 0.9, 0.62, skin.Shade(1.3), 0.4);
                p.Line(2.6 - (0.2 * i), 2.3 - (1.75 * i), -1.4, 1.3 - (0.85 * i));
                p.Stroke(dark, 0.16, 0.13);
            }
        }

        // Shade where the fingers begin.
        p.MoveTo(4.7, 3.4);
        p.QuadTo(5.9, 0.6, 3.9, -3.5);
        p.Stroke(dark, 0.3, 0.22);
        Thumb(p, look, shape.Thumb);
    }

    private static void Arm(Painter p, HandLook look)
    {
        Rgb skin = look.Skin;
        bool before = p.Measuring;
        p.Measuring = false; // the hand's box ends at the wrist
        double cuff = look.Sleeve is null ? ArmLength : look.CuffAt;
        p.MoveTo(-5, -2.45);
        p.CubicTo(-9, -2.2, -14, -3.2, -24, -3.9);
        p.LineTo(-ArmLength, -4.6);
        p.LineTo(-ArmLength, 4.6);
        p.LineTo(-24, 3.9);
        p.CubicTo(-14, 3.2, -9, 2.3, -5, 2.5);
        p.Close();
        p.FillLinear(0, 4, 0, -4, [skin.Shade(1.08), skin, skin.Shade(0.72)], [0f, 0.45f, 1f]);
        if (look.Watch && cuff > 3)
        {
            p.RoundRect(-8.4, -2.75, -6.6, 2.75, 0.4);
            p.Fill(Rgb.Hex(0x2B2B30));
            p.Ellipse(-7.5, 0.3, 1.7, 1.9);
            p.FillRadial(-7.9, 0.9, 2.4, [Rgb.Hex(0xE8E6DF), Rgb.Hex(0x9BA0A6)], [0f, 1f]);
        }

        if (look.Sleeve is { } sleeve)
        {
            double c = -5.6 - cuff;
            p.MoveTo(c, -3.5);
            p.QuadTo(c - 0.7, 0, c, 3.6);
            p.LineTo(c - 12, 4.9);
            p.LineTo(-ArmLength, 6.4);
            p.LineTo(-ArmLength, -6.4);
            p.LineTo(c - 12, -4.8);
            p.Close();
            p.FillLinear(0, 5.5, 0, -5.5, [sleeve.Shade(1.16), sleeve, sleeve.Shade(0.6)], [0f, 0.45f, 1f]);
            for (int i = 0; look.StripedSleeve && i < 5; i++)
            {
                double x = c - 4 - (4.2 * i),
                    h = 4 + (0.14 * (4 + (4.2 * i)));
                p.Polygon(x, -h, x - 1.5, -h - 0.1, x - 1.5, h + 0.1, x, h);
                p.Fill(sleeve.Shade(1.5), 0.7);
            }

            p.MoveTo(c - 3, 2.2);
            p.QuadTo(c - 5, 0.6, c - 4.4, -1.5);
            p.Stroke(sleeve.Shade(0.6), 0.4, 0.5);
            p.MoveTo(c - 0.1, -3.5);
            p.QuadTo(c - 0.8, 0, c - 0.1, 3.6);
            p.Stroke(sleeve.Shade(0.7), 0.7);
        }

        p.Measuring = before;
    }

    private static void Finger(
        Painter p,
        HandLook look,
        double x,
        double y,
        double length,
        double thick,
        Digit digit,
        bool ring = false
    )
    {
        double a = digit.Angle,
            l = length * digit.Reach;
        double mx = x + (0.5 * l * Num.Cos(a)),
            my = y + (0.5 * l * Num.Sin(a));
        double b = a + digit.Bow;
        double tx = mx + (0.5 * l * Num.Cos(b)),
            ty = my + (0.5 * l * Num.Sin(b));
        Limb(p, look, x - 0.8, y, mx, my, tx, ty, thick, digit.Reach > 0.6);
        if (ring)
        {
            double u = 0.35;
            double rx = Num.Lerp(x, mx, u),
                ry = Num.Lerp(y, my, u);
            p.Line(
                rx - (0.5 * thick * Num.Sin(a)),
                ry + (0.5 * thick * Num.Cos(a)),
                rx + (0.5 * thick * Num.Sin(a)),
                ry - (0.5 * thick * Num.Cos(a))
            );
            p.Stroke(Rgb.Hex(0xD7B456), 0.42);
        }
    }

    private static void Thumb(Painter p, HandLook look, Digit digit)
    {
        double x = -1.6,
            y = 3.0,
            l = 6.3 * digit.Reach,
            a = digit.Angle;
        double mx = x + (0.56 * l * Num.Cos(a)),
            my = y + (0.56 * l * Num.Sin(a));
        double b = a + digit.Bow;
        Limb(
            p,
            look,
            x,
            y,
            mx,
            my,
            mx + (0.44 * l * Num.Cos(b)),
            my + (0.44 * l * Num.Sin(b)),
            2.15,
            digit.Reach > 0.6
        );
    }

    /// <summary>A finger of two parts: edge, flesh, light along its upper side, nail.</summary>
    private static void Limb(
        Painter p,
        HandLook look,
        double x,
        double y,
        double mx,
        double my,
        double tx,
        double ty,
        double thick,
        bool nail
    )
    {
        Rgb skin = look.Skin;
        Bow(p, x, y, mx, my, tx, ty);
        p.Stroke(skin.Shade(0.58), thick + 0.34);
        Bow(p, x, y, mx, my, tx, ty);
        p.Stroke(skin.Shade(0.94), thick);
        p.Measuring = false;
        double ox = 0.16 * thick,
            oy = 0.2 * thick;
        Bow(p, x + ox, y + oy, mx + ox, my + oy, tx + (0.4 * ox), ty + (0.6 * oy));
        p.Stroke(skin.Shade(1.22), thick * 0.36, 0.7);
        if (nail && !look.Gloved)
        {
            double dx = tx - mx,
                dy = ty - my,
                d = Math.Max(0.01, Math.Sqrt((dx * dx) + (dy * dy)));
            Affine outer = p.Matrix;
            p.Matrix = outer * Affine.Translate(tx, ty) * new Affine(dx / d, dy / d, -dy / d, dx / d, 0, 0);
            p.Ellipse(0.18 * thick, 0, 0.33 * thick, 0.27 * thick);
            p.Fill(look.Nails ?? skin.Mix(Rgb.Hex(0xF7DAD2), 0.55), 0.9);
            p.Matrix = outer;
            p.Line(
                mx - (0.2 * dy / d * thick),
                my + (0.2 * dx / d * thick),
                mx + (0.2 * dy / d * thick),
                my - (0.2 * dx / d * thick)
            );
            p.Stroke(skin.Shade(0.6), 0.14, 0.4);
        }

        p.Measuring = true;
    }

    private static void Bow(Painter p, double x, double y, double mx, double my, double tx, double ty)
    {
        p.MoveTo(x, y);
        p.QuadTo(mx + (0.5 * (mx - ((x + tx) / 2))), my + (0.5 * (my - ((y + ty) / 2))), tx, ty);
    }
}
