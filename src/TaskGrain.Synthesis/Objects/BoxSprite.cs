namespace TaskGrain.Synthesis;

/// <summary>What is on a box's faces.</summary>
internal enum FaceMark
{
    None,

    /// <summary>A printed panel on front and top.</summary>
    Label,

    /// <summary>A dark screen on top, as of a phone.</summary>
    Screen,

    /// <summary>Rows of buttons on top.</summary>
    Buttons,

    /// <summary>Pages seen at the sides, a title on top.</summary>
    Pages,

    /// <summary>Pips of a die.</summary>
    Pips,

    /// <summary>Pores.</summary>
    Pores,

    /// <summary>Adhesive tape across the top.</summary>
    Tape,

    /// <summary>Coloured squares of a puzzle cube.</summary>
    Squares,

    /// <summary>Two holes of a wall socket or charger.</summary>
    Holes,

    /// <summary>A stripe at the upper edge, as of matches or soap.</summary>
    Stripe,

    /// <summary>Round studs on top.</summary>
    Studs,
}

/// <summary>
/// Box-shaped things: cartons, books, phones, dice, sponges. Open boxes show their inside; a lid is hinged at the back.
/// </summary>
internal sealed class BoxSprite : Sprite
{
    private static readonly Rgb Paper = Rgb.Hex(0xEDE7D6);
    private static readonly Rgb Glass = Rgb.Hex(0x1B2330);

    public FaceMark Mark { get; init; }

    /// <summary>No top: a container.</summary>
    public bool Hollow { get; init; }

    /// <summary>The top is a lid.</summary>
    public bool Lid { get; init; }

    /// <summary>The inside of the lid is a screen (a laptop) or pages (a book).</summary>
    public FaceMark Inside { get; init; }

    /// <summary>Corners are a little rounded and soft.</summary>
    public bool Soft { get; init; }

    public override void DrawBack(Painter painter, in SpriteView view)
    {
        var box = new Corners(view);
        if (Hollow || (Lid && view.Pose.Open > 0.02))
        {
            Rgb dark = view.Look.Main.Shade(0.5);
            for (int i = 0; i < 4; i++)
            {
                if (!box.Faces(i))
                {
                    Side(painter, box, i);
                    painter.Fill(Inside == FaceMark.Pages ? Paper : dark.Shade(i % 2 == 0 ? 1 : 0.85));
                }
            }

            // Content is drawn over the floor; the front walls follow.
            Top(painter, box, Inside == FaceMark.None ? box.Bottom : Num.Lerp(box.Bottom, box.Top, 0.9));
            painter.Fill(
                Inside == FaceMark.Pages ? Paper
                : Inside == FaceMark.Screen ? view.Look.Main.Shade(1.1)
                : dark.Shade(0.85)
            );
            if (view.Pose.Fill > 0.02 && Inside == FaceMark.None)
            {
                Top(painter, box, Num.Lerp(box.Bottom, box.Top, 0.85 * view.Pose.Fill));
                painter.Fill(view.Content);
            }
        }

        if (Lid && view.Pose.Open > 0.02)
        {
            DrawLid(painter, view, box);
        }
    }

    public override void DrawFront(Painter painter, in SpriteView view)
    {
        var box = new Corners(view);
        Appearance look = view.Look;
        for (int i = 0; i < 4; i++)
        {
            if (!box.Faces(i))
            {
                continue;
            }

            bool pages = Mark == FaceMark.Pages && i != 3;
            double light = 0.74 + (0.26 * Math.Max(0, box.Sunlit(i, view.Sun)));
            Side(painter, box, i);
            Shading.Face(painter, box.Bottom, box.Top, (pages ? Paper : look.Main).Shade(light));
            if (pages)
            {
                PageLines(painter, box, i);
            }

            if (Mark is FaceMark.Label or FaceMark.Stripe or FaceMark.Squares or FaceMark.Pips)
            {
                MarkSide(painter, view, box, i, light);
            }
        }

        bool lidUp = Lid && view.Pose.Open > 0.02;
        if (Hollow || lidUp)
        {
            Top(painter, box, box.Top);
            painter.Stroke(look.Main.Shade(1.12), 0.25, 0.9);
            return;
        }

        Top(painter, box, box.Top);
        Shading.Face(
            painter,
            box.Top - (view.Depth * view.Flat / 2),
            box.Top + (view.Depth * view.Flat / 2),
            look.Main.Shade(1.1)
        );
        painter.Measuring = false;
        Affine before = painter.Matrix;
        painter.Matrix = before * box.TopMap;
        FaceMarks.Draw(painter, Mark, look);
        painter.Matrix = before;
        painter.Measuring = true;
        if (Soft)
        {
            Top(painter, box, box.Top);
            painter.Stroke(look.Main.Shade(1.2), 0.3, 0.5);
        }
    }

    private static void Side(Painter p, in Corners box, int i)
    {
        int j = (i + 1) % 4;
        p.Polygon(
            box.X(i),
            box.Y(i) + box.Bottom,
            box.X(j),
            box.Y(j) + box.Bottom,
            box.X(j),
            box.Y(j) + box.Top,
            box.X(i),
            box.Y(i) + box.Top
        );
    }

    private static void Top(Painter p, in Corners box, double level) =>
        p.Polygon(
            box.X(0),
            box.Y(0) + level,
            box.X(1),
            box.Y(1) + level,
            box.X(2),
            box.Y(2) + level,
            box.X(3),
            box.Y(3) + level
        );

    private static void PageLines(Painter p, in Corners box, int i)
    {
        int j = (i + 1) % 4;
        for (int k = 1; k < 4; k++)
        {
            double y = Num.Lerp(box.Bottom, box.Top, k / 4.0);
            p.Line(box.X(i), box.Y(i) + y, box.X(j), box.Y(j) + y);
            p.Stroke(Rgb.Hex(0xB8AE98), 0.12, 0.7);
        }
    }

    private void MarkSide(Painter p, in SpriteView view, in Corners box, int i, double light)
    {
        int j = (i + 1) % 4;
        Affine before = p.Matrix;
        double ex = box.X(j) - box.X(i),
            ey = box.Y(j) - box.Y(i);
        if (Math.Abs(ex) < 0.3)
        {
            return;
        }

        p.Measuring = false;
        p.Matrix =
            before
            * new Affine(
                ex / 2,
                ey / 2,
                0,
                (box.Top - box.Bottom) / 2,
                box.X(i) + (ex / 2),
                box.Y(i) + (ey / 2) + ((box.Top + box.Bottom) / 2)
            );
        FaceMarks.DrawSide(p, Mark, view.Look, light, i);
        p.Matrix = before;
        p.Measuring = true;
    }

    private void DrawLid(Painter p, in SpriteView view, in Corners box)
    {
        double angle = view.Pose.Open * 1.85;
        double c = Num.Cos(angle),
            s = Num.Sin(angle);
        // The free edge: the front edge turned about the back edge.
        double fx2 = box.X(2) + (c * (box.X(1) - box.X(2))),
            fy2 = box.Y(2) + (c * (box.Y(1) - box.Y(2))) + (s * view.Depth * view.Tall);
        double fx3 = box.X(3) + (c * (box.X(0) - box.X(3))),
            fy3 = box.Y(3) + (c * (box.Y(0) - box.Y(3))) + (s * view.Depth * view.Tall);
        p.Polygon(box.X(3), box.Y(3) + box.Top, box.X(2), box.Y(2) + box.Top, fx2, fy2 + box.Top, fx3, fy3 + box.Top);
        Rgb color = Inside switch
        {
            FaceMark.Pages => Paper,
            FaceMark.Screen => Glass,
            _ => view.Look.Main.Shade(0.82),
        };
        p.Fill(color);
        p.Polygon(box.X(3), box.Y(3) + box.Top, box.X(2), box.Y(2) + box.Top, fx2, fy2 + box.Top, fx3, fy3 + box.Top);
        p.Stroke(view.Look.Main.Shade(1.15), 0.35);
    }

    /// <summary>
    /// The box's four upright edges, turned by yaw: 0 and 1 at the front, 2 and 3 at the back (yaw 0).
    /// </summary>
    private readonly struct Corners
    {
        private readonly double _c,
            _s,
            _w,
            _d,
            _flat;

        public Corners(in SpriteView view)
        {
            _c = Num.Cos(view.Pose.Yaw);
            _s = Num.Sin(view.Pose.Yaw);
            _w = view.Width / 2;
            _d = view.Depth / 2;
            _flat = view.Flat;
            Top = view.Height * view.Tall / 2;
            Bottom = -Top;
        }

        public double Top { get; }

        public double Bottom { get; }

        /// <summary>From the top face's own square (-1 to 1 each way) to the drawing.</summary>
        public Affine TopMap => new(_w * _c, _w * -_s * _flat, _d * _s, _d * _c * _flat, 0, Top);

        public double X(int i)
        {
            var (x, z) = Local(i);
            return (x * _c) + (z * _s);
        }

        /// <summary>The corner's depth as it shows in the drawing.</summary>
        public double Y(int i)
        {
            var (x, z) = Local(i);
            return ((z * _c) - (x * _s)) * _flat;
        }

        /// <summary>Whether the side between corners i and i + 1 is turned towards the camera.</summary>
        public bool Faces(int i) => NormalZ(i) < -1e-6;

        /// <summary>How far the side is turned towards the light.</summary>
        public double Sunlit(int i, double sun)
        {
            double nx = i switch
            {
                0 => -_s,
                1 => _c,
                2 => _s,
                _ => -_c,
            };
            return (0.55 * nx * sun) - (0.6 * NormalZ(i));
        }

        private double NormalZ(int i) =>
            i switch
            {
                0 => -_c,
                1 => -_s,
                2 => _c,
                _ => _s,
            };

        private (double X, double Z) Local(int i) =>
            i switch
            {
                0 => (-_w, -_d),
                1 => (_w, -_d),
                2 => (_w, _d),
                _ => (-_w, _d),
            };
    }
}
