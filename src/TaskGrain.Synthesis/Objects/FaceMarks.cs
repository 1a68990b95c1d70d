namespace TaskGrain.Synthesis;

/// <summary>Printing on box faces, each drawn on a square from -1 to 1.</summary>
internal static class FaceMarks
{
    private static readonly Rgb Dark = Rgb.Hex(0x202226);

    /// <summary>The top face.</summary>
    public static void Draw(Painter p, FaceMark mark, Appearance look)
    {
        switch (mark)
        {
            case FaceMark.Label:
                p.Rect(-0.6, -0.5, 0.6, 0.5);
                p.Fill(look.Accent);
                break;
            case FaceMark.Pages:
                p.Rect(-0.72, 0.15, 0.72, 0.62);
                p.Fill(look.Accent, 0.9);
                p.Rect(-0.4, -0.6, 0.4, -0.45);
                p.Fill(look.Accent, 0.7);
                break;
            case FaceMark.Screen:
                p.Rect(-0.86, -0.86, 0.86, 0.86);
                p.FillLinear(-1, 1, 1, -1, [Rgb.Hex(0x3C4A60), Rgb.Hex(0x12161E), Rgb.Hex(0x232C3A)], [0f, 0.5f, 1f]);
                break;
            case FaceMark.Buttons:
                for (int i = 0; i < 12; i++)
                {
                    double x = -0.66 + (0.44 * (i % 4)),
                        y = -0.55 + (0.55 * (i / 4));
                    p.Ellipse(x, y, 0.14, 0.17);
                    p.Fill(i == 0 ? Rgb.Hex(0xC0392B) : look.Accent);
                }

                break;
            case FaceMark.Pips:
                Pips(p, 1 + (look.Variant % 5), look.Accent);
                break;
            case FaceMark.Pores:
                for (int i = 0; i < 14; i++)
                {
                    double x = -0.85 + (0.131 * ((i * 5) % 14)),
                        y = -0.8 + (0.125 * i);
                    p.Ellipse(x, y, 0.06, 0.08);
                    p.Fill(look.Main.Shade(0.72));
                }

                break;
            case FaceMark.Tape:
                p.Rect(-1, -0.16, 1, 0.16);
                p.Fill(look.Accent, 0.75);
                break;
            case FaceMark.Squares:
                Squares(p, look, 0, 1);
                break;
            case FaceMark.Holes:
                p.Ellipse(-0.3, 0, 0.14, 0.2);
                p.Fill(Dark);
                p.Ellipse(0.3, 0, 0.14, 0.2);
                p.Fill(Dark);
                break;
            case FaceMark.Stripe:
                p.Rect(-0.7, -0.25, 0.7, 0.25);
                p.Fill(look.Accent);
                break;
            case FaceMark.Studs:
                for (int i = 0; i < 8; i++)
                {
                    double x = -0.75 + (0.5 * (i % 4)),
                        y = i < 4 ? -0.45 : 0.45;
                    p.Ellipse(x, y + 0.12, 0.19, 0.3);
                    p.Fill(look.Main.Shade(0.75));
                    p.Ellipse(x, y + 0.22, 0.19, 0.3);
                    p.Fill(look.Main.Shade(1.2));
                }

                break;
            default:
                break;
        }
    }

    /// <summary>An upright face; <paramref name="light"/> is its brightness.</summary>
    public static void DrawSide(Painter p, FaceMark mark, Appearance look, double light, int side)
    {
        switch (mark)
        {
            case FaceMark.Label:
                p.Rect(-0.7, -0.55, 0.7, 0.6);
                p.Fill(look.Accent.Shade(light));
                p.Ellipse(0.05, 0.05, 0.35, 0.4);
                p.Fill(look.Detail.Shade(light));
                break;
            case FaceMark.Stripe:
                p.Rect(-1, 0.2, 1, 0.7);
                p.Fill(look.Accent.Shade(light));
                break;
            case FaceMark.Pips:
                Pips(p, 1 + ((look.Variant + side + 1) % 6), look.Accent);
                break;
            case FaceMark.Squares:
                Squares(p, look, side + 1, light);
                break;
            default:
                break;
        }
    }

    private static void Pips(Painter p, int count, Rgb color)
    {
        ReadOnlySpan<double> all = [0, 0, -0.5, -0.5, 0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0, 0.55];
        for (int i = 0; i < Math.Min(count, 6); i++)
        {
            p.Ellipse(all[2 * i], all[(2 * i) + 1], 0.17, 0.17);
            p.Fill(color);
        }
    }

    private static void Squares(Painter p, Appearance look, int side, double light)
    {
        ReadOnlySpan<int> codes = [0xD23B30, 0x2F6FC4, 0xEBD23E, 0x3B9A4B, 0xE8862E, 0xECECEC];
        for (int i = 0; i < 9; i++)
        {
            double x = -0.66 + (0.66 * (i % 3)),
                y = -0.66 + (0.66 * (i / 3));
            p.Rect(x - 0.28, y - 0.28, x + 0.28, y + 0.28);
            p.Fill(Rgb.Hex(codes[(i + (i * side) + look.Variant + side) % 6]).Shade(light));
        }
    }
}
