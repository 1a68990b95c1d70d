namespace TaskGrain.Synthesis;

/// <summary>What is on a ball, so that its turning shows.</summary>
internal enum BallMark
{
    Seam,
    Stripe,
    Spots,
    Stem,
    Patches,
    Swirl,
}

/// <summary>Round things: balls, fruit, marbles. The shading stays with the light; the marks turn.</summary>
internal sealed class BallSprite(BallMark mark) : Sprite
{
    public override void DrawFront(Painter painter, in SpriteView view)
    {
        double rx = view.Width / 2,
            ry = view.Height / 2;
        Appearance look = view.Look;
        bool glass = look.Finish == Finish.Glass;
        painter.Ellipse(0, 0, rx, ry);
        painter.Fill(look.Main, glass ? 0.8 : 1);
        DrawMark(painter, look, rx * 0.98, ry * 0.98);

        // The light does not turn with the ball.
        painter.Measuring = false;
        Affine before = painter.Matrix;
        painter.Matrix = before * Affine.Rotate(-view.Pose.Roll);
        bool round = Math.Abs(rx - ry) < 0.15 * rx;
        double light = look.Finish is Finish.Glossy or Finish.Glass or Finish.Metal ? 0.62 : 0.32;
        painter.Ellipse(0, 0, round ? rx : Math.Max(rx, ry), round ? ry : Math.Max(rx, ry));
        if (!round)
        {
            painter.Matrix = before;
            painter.Ellipse(0, 0, rx, ry);
        }

        double hx = 0.35 * rx * view.Sun,
            hy = 0.4 * ry;
        if (!round)
        {
            double c = Num.Cos(-view.Pose.Roll),
                s = Num.Sin(-view.Pose.Roll);
            (hx, hy) = ((c * hx) - (s * hy), (s * hx) + (c * hy));
        }

        painter.FillShade(hx, hy, 1.45 * Math.Max(rx, ry), light);
        painter.Matrix = before;
        painter.Measuring = true;
    }

    private void DrawMark(Painter p, Appearance look, double rx, double ry)
    {
        Rgb c = look.Accent;
        switch (mark)
        {
            case BallMark.Seam:
                p.Begin();
                p.Arc(-1.15 * rx, 0, 0.8 * rx, 0.9 * ry, -1.0, 1.0);
                p.Stroke(c, 0.1 * rx, 0.9);
                p.Begin();
                p.Arc(1.15 * rx, 0, 0.8 * rx, 0.9 * ry, Math.PI - 1.0, Math.PI + 1.0);
                p.Stroke(c, 0.1 * rx, 0.9);
                break;
            case BallMark.Stripe:
                p.Begin();
                p.Arc(0, 0, rx, ry, -0.32, 0.32);
                p.Arc(0, 0, rx, ry, Math.PI - 0.32, Math.PI + 0.32);
                p.Close();
                p.Fill(c);
                p.Ellipse(0, 0.62 * ry, 0.2 * rx, 0.16 * ry);
                p.Fill(c);
                break;
            case BallMark.Spots:
                for (int i = 0; i < 5; i++)
                {
                    double a = i * Num.Tau / 5;
                    p.Ellipse(0.58 * rx * Num.Cos(a), 0.58 * ry * Num.Sin(a), 0.17 * rx, 0.17 * ry);
                    p.Fill(c, 0.85);
                }

                break;
            case BallMark.Stem:
                p.SoftSpot(0, 0.72 * ry, 0.4 * rx, 0.22 * ry, look.Main.Shade(0.45), 0.9);
                p.Line(0, 0.7 * ry, 0.08 * rx, 1.12 * ry);
                p.Stroke(Rgb.Hex(0x5B4022), 0.1 * rx);
                p.Blob(0.1 * rx, 0.9 * ry, 0.35 * rx, 1.15 * ry, 0.62 * rx, 1.02 * ry, 0.35 * rx, 0.86 * ry);
                p.Fill(Rgb.Hex(0x5C8A3A));
                break;
            case BallMark.Patches:
                p.Ellipse(0, 0, 0.3 * rx, 0.3 * ry);
                p.Fill(c);
                for (int i = 0; i < 5; i++)
                {
                    double a = (i * Num.Tau / 5) + 0.3;
                    p.Ellipse(0.8 * rx * Num.Cos(a), 0.8 * ry * Num.Sin(a), 0.18 * rx, 0.18 * ry);
                    p.Fill(c);
                    p.Line(
                        0.3 * rx * Num.Cos(a),
                        0.3 * ry * Num.Sin(a),
                        0.65 * rx * Num.Cos(a),
                        0.65 * ry * Num.Sin(a)
                    );
                    p.Stroke(c, 0.05 * rx, 0.7);
                }

                break;
            default:
                for (int i = 0; i < 3; i++)
                {
                    p.Begin();
                    p.Arc(
                        0.1 * rx * i,
                        0,
                        rx * (0.85 - (0.25 * i)),
                        ry * (0.85 - (0.25 * i)),
                        0.6 * i,
                        (0.6 * i) + 2.2
                    );
                    p.Stroke(i == 1 ? look.Detail : c, 0.12 * rx, 0.85);
                }

                break;
        }
    }
}
