namespace TaskGrain.Synthesis;

/// <summary>Printing and weave on sheets that reach from -w to w and from -d to d.</summary>
internal static class SheetMarks
{
    public static void Draw(Painter p, SheetMark mark, Appearance look, double w, double d, double light)
    {
        Rgb c = look.Accent.Shade(light);
        switch (mark)
        {
            case SheetMark.Lines:
                for (int i = -3; i <= 3; i++)
                {
                    p.Line(-0.8 * w, 0.24 * i * d, (i % 2 == 0 ? 0.75 : 0.45) * w, 0.24 * i * d);
                    p.Stroke(Rgb.Hex(0x55606E), 0.16, 0.6);
                }

                break;
            case SheetMark.Checks:
                for (int i = 0; i < 4; i++)
                {
                    double u = -0.75 + (0.5 * i);
                    p.Rect(-w, (u - 0.1) * d, w, (u + 0.1) * d);
                    p.Fill(c, 0.5);
                    p.Rect((u - 0.1) * w, -d, (u + 0.1) * w, d);
                    p.Fill(c, 0.5);
                }

                break;
            case SheetMark.Stripes:
                for (int i = 0; i < 3; i++)
                {
                    double u = -0.6 + (0.6 * i);
                    p.Rect((u - 0.12) * w, -d, (u + 0.12) * w, d);
                    p.Fill(c, 0.8);
                }

                break;
            case SheetMark.Border:
                p.Ellipse(0, 0, 0.72 * w, 0.72 * d);
                p.Stroke(c, 0.3, 0.8);
                break;
            case SheetMark.Picture:
                p.Rect(-0.86 * w, -0.8 * d, 0.86 * w, 0.84 * d);
                p.Fill(Rgb.Hex(0x9CC3DE).Shade(light));
                p.Blob(
                    -0.86 * w,
                    -0.8 * d,
                    -0.86 * w,
                    0,
                    -0.3 * w,
                    0.35 * d,
                    0.2 * w,
                    -0.1 * d,
                    0.86 * w,
                    0.15 * d,
                    0.86 * w,
                    -0.8 * d
                );
                p.Fill(look.Accent.Shade(light));
                p.Ellipse(0.4 * w, 0.45 * d, 0.16 * w, 0.16 * d);
                p.Fill(Rgb.Hex(0xF3D774).Shade(light));
                break;
            case SheetMark.Dots:
                for (int i = 0; i < 9; i++)
                {
                    p.Ellipse((-0.6 + (0.6 * (i % 3))) * w, (-0.6 + (0.6 * (i / 3))) * d, 0.1 * w, 0.1 * d);
                    p.Fill(c, 0.8);
                }

                break;
            case SheetMark.Veins:
                p.Line(-w, 0, 0.9 * w, 0.03 * d);
                p.Stroke(c, 0.2, 0.8);
                for (int i = 0; i < 4; i++)
                {
                    double u = -0.6 + (0.35 * i);
                    p.Line((u + 0.2) * w, 0.7 * d, u * w, 0, (u + 0.2) * w, -0.7 * d);
                    p.Stroke(c, 0.12, 0.6);
                }

                break;
            default:
                break;
        }
    }
}
