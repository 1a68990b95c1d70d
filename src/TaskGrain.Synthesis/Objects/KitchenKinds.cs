using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>
/// Kinds of the kitchenware world: the four utensils, food to pick up or cut, and unused things in view.
/// </summary>
internal static class KitchenKinds
{
    private const Affordance Food = Graspable | Small | Squeezable;
    private const Affordance Unused = Graspable | Steady | Support;

    /// <summary>The utensils, in the order of the official classes.</summary>
    public static IReadOnlyList<string> Utensils { get; } = ["fork", "spoon", "knife", "tongs"];

    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Utensil(
            "fork",
            17,
            2.6,
            new((-1, 0.4), (-0.94, 0.5), (-0.5, 0.3), (0.4, 0.22), (0.5, 0.7), (0.58, 1), (0.6, 1)) { Extra = Tines }
        ),
        Utensil(
            "spoon",
            17,
            3.6,
            new(
                (-1, 0.3),
                (-0.94, 0.36),
                (-0.4, 0.2),
                (0.5, 0.18),
                (0.58, 0.55),
                (0.72, 1),
                (0.88, 0.92),
                (0.97, 0.5),
                (1, 0.1)
            )
            {
                Extra = BowlOfSpoon,
            }
        ),
        Utensil(
            "knife",
            19,
            2.6,
            new((-1, 0.5), (-0.96, 0.72), (-0.2, 0.6), (-0.18, 0.9), (0.6, 0.9), (0.86, 0.6), (1, 0.04))
            {
                Accents = [(-1, -0.2)],
            }
        ),
        Utensil("tongs", 18, 4.4, new((-1, 0.5), (-0.98, 0.55), (-0.94, 0.2), (-0.94, 0.1), (1, 0.1)) { Extra = Jaws }),
        Food1("broccoli", 7, 6.4, (p, v) => Broccoli(p, v), Palette.Of((null, 0x4C8A3A), (null, 0x3E7A32))),
        Food1("mushroom", 5.6, 5.2, (p, v) => Mushroom(p, v), Palette.Of((null, 0xD8C3A2), (null, 0xB58E66))),
        Food1("shrimp", 6.6, 4.6, (p, v) => Shrimp(p, v), Palette.Of((null, 0xE88E6B), (null, 0xF0A98C))),
        Food1("strawberry", 4.6, 5.2, (p, v) => Strawberry(p, v), Palette.Of((null, 0xC92F36))),
        Balls.Make(
            "meatball",
            5.4,
            5,
            Food | Round,
            ["meatball", "falafel", "dumpling"],
            Palette.Of((null, 0x7A4A2C), (null, 0x935E38)),
            1,
            BallMark.Spots,
            [Finish.Soft]
        ),
        Balls.Make(
            "olive",
            3.6,
            3.4,
            Food | Round,
            ["olive", "grape", "cherry"],
            Palette.Of((null, 0x6E7A36), (null, 0x4A2340), (null, 0x8E2B3B)),
            1,
            BallMark.Stem,
            [Finish.Glossy]
        ),
        Boxes.Make(
            "cheese",
            6,
            3.6,
            4.6,
            Food,
            ["cheese", "tofu", "fudge"],
            Palette.Of((null, 0xE9BE4E), (null, 0xEDE2C4)),
            1,
            new() { Mark = FaceMark.Pores, Soft = true }
        ),
        Boxes.Make(
            "cake",
            7.5,
            4.6,
            6,
            Food,
            ["cake", "brownie", "pastry"],
            Palette.Of((null, 0x6B4027), (null, 0xE7B6BE), (null, 0xDDB36C)),
            1,
            new() { Mark = FaceMark.Stripe, Soft = true }
        ),
        Sheets.Make(
            "pancake",
            8.4,
            1.2,
            8.4,
            Food | Steady,
            ["pancake", "waffle", "omelette"],
            Palette.Of((null, 0xD79B4B), (null, 0xC98838)),
            0.8,
            new() { Round = true, Mark = SheetMark.Border }
        ),
        Long1(
            "sausage",
            11,
            3,
            ["sausage", "hot dog", "celery"],
            Palette.Of((null, 0xA8492F), (null, 0xC2693F), (null, 0x8FB25A)),
            new((-1, 0.3), (-0.9, 0.85), (-0.5, 1), (0.5, 1), (0.9, 0.85), (1, 0.3)),
            Food
        ),
        Long1(
            "whisk",
            17,
            4.6,
            ["whisk", "egg beater"],
            Palette.Metals,
            new((-1, 0.22), (0.1, 0.22), (0.12, 0.1)) { Extra = Wires },
            Graspable | Long
        ),
        Long1(
            "rolling pin",
            19,
            3.2,
            ["rolling pin"],
            Palette.Woods,
            new((-1, 0.35), (-0.7, 0.4), (-0.68, 1), (0.68, 1), (0.7, 0.4), (1, 0.35)),
            Graspable | Long
        ),
        Boxes.Make(
            "cutting board",
            19,
            1,
            13,
            Unused | Big,
            ["cutting board", "chopping board"],
            Palette.Woods,
            1,
            new()
        ),
        Vessels.Make(
            "pan",
            15,
            3.4,
            Unused,
            ["pan", "frying pan"],
            Palette.Dark,
            0.8,
            new((0, 0.8), (0.2, 0.86), (1, 1)) { Hollow = true },
            [Finish.Metal]
        ),
        Vessels.Make(
            "pepper mill",
            4.8,
            11,
            Unused | Topples,
            ["pepper mill", "salt shaker"],
            Palette.Woods,
            0.9,
            new((0, 0.95), (0.1, 1), (0.45, 0.6), (0.7, 0.85), (0.74, 0.5), (0.8, 0.85), (0.95, 0.6), (1, 0.2))
        ),
        Vessels.Make(
            "teapot",
            10,
            8,
            Unused | Topples,
            ["teapot", "kettle"],
            Palette.Bright,
            0.7,
            new((0, 0.7), (0.1, 0.85), (0.45, 1), (0.8, 0.72), (0.86, 0.5), (0.94, 0.5), (0.96, 0.16), (1, 0.14))
            {
                Handle = true,
            },
            [Finish.Glossy]
        ),
        Vessels.Make(
            "measuring beaker",
            8,
            9,
            Unused | Container,
            ["measuring beaker", "beaker"],
            Palette.Glasses,
            0.7,
            new((0, 0.8), (0.05, 0.86), (1, 1)) { Hollow = true, Rings = [0.3, 0.5, 0.7] },
            [Finish.Glass]
        ),
        Boxes.Make(
            "grater",
            8,
            12,
            5,
            Unused | Topples,
            ["grater", "cheese grater"],
            Palette.Metals,
            0.7,
            new() { Mark = FaceMark.Pores }
        ),
        Sheets.Make(
            "oven cloth",
            14,
            0.6,
            11,
            Unused,
            ["pot holder", "trivet"],
            Palette.Of((null, 0x9C2F3D), (null, 0xE0C7A0), (null, 0x3C4B3A)),
            0.7,
            new() { Mark = SheetMark.Dots, Wavy = true }
        ),
    ];

    private static ObjectKind Utensil(string name, double length, double width, LongSprite sprite) =>
        new()
        {
            Name = name,
            Sprite = sprite,
            Width = length,
            Height = 0.8,
            Depth = width,
            Can = Graspable | Long,
            Nouns = [name],
            Colors = Palette.Of(
                (null, 0xB9BEC3),
                (null, 0xA9AFB5),
                ("golden", 0xC8A765),
                ("black", 0x3A3B40),
                ("wooden", 0xB98652),
                ("red", 0xA63A35)
            ),
            LiesFlat = true,
            Finishes = [Finish.Metal, Finish.Glossy],
            Weight = 1,
        };

    private static ObjectKind Long1(
        string name,
        double length,
        double thickness,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        LongSprite sprite,
        Affordance can
    ) => LongThings.Make(name, length, thickness, can, nouns, colors, 0.8, sprite, []);

    private static ObjectKind Food1(
        string name,
        double width,
        double height,
        Action<Painter, SpriteView> draw,
        IReadOnlyList<NamedColor> colors
    ) => Toys.Upright(name, width, height, Food, [name], colors, 1, draw, Finish.Soft, ["top"]);

    private static void Tines(Painter p, SpriteView v)
    {
        for (int i = 0; i < 4; i++)
        {
            double y = -0.75 + (0.5 * i);
            p.Line(0.58, y, 0.97, y * 0.9);
            p.Stroke(v.Look.Main.Shade(0.85 + (0.2 * (i % 2))), 0.034);
        }
    }

    private static void BowlOfSpoon(Painter p, SpriteView v)
    {
        p.Ellipse(0.77, 0, 0.17, 0.72);
        p.FillLinear(0.6, 0.8, 0.95, -0.8, [v.Look.Main.Shade(0.62), v.Look.Main.Shade(1.25)], [0f, 1f]);
    }

    private static void Jaws(Painter p, SpriteView v)
    {
        double gap = 1 - (0.75 * v.Pose.Squeeze);
        foreach (double side in (ReadOnlySpan<double>)[-1, 1])
        {
            p.Line(-0.95, 0.12 * side, 0.2, 0.62 * side * gap, 0.72, 0.66 * side * gap, 0.98, 0.3 * side * gap);
            p.Stroke(v.Look.Main.Shade(side > 0 ? 1.1 : 0.8), 0.06);
        }
    }

    private static void Wires(Painter p, SpriteView v)
    {
        foreach (double h in (ReadOnlySpan<double>)[0.25, 0.6, 0.95])
        {
            p.Ellipse(0.55, 0, 0.43, h);
            p.Stroke(v.Look.Main.Shade(0.9), 0.022);
        }
    }

    private static void Broccoli(Painter p, SpriteView v)
    {
        p.Polygon(-0.25, 0.1, 0.25, 0.1, 0.2, -1, -0.2, -1);
        p.Fill(v.Look.Main.Shade(1.35));
        foreach (
            var (x, y) in (ReadOnlySpan<(double, double)>)[(-0.6, 0.2), (0.6, 0.2), (0, 0.1), (-0.35, 0.6), (0.35, 0.6)]
        )
        {
            Figures.Round(p, v, x, y, 0.42, 0.4, v.Look.Main);
        }
    }

    private static void Mushroom(Painter p, SpriteView v)
    {
        p.RoundRect(-0.3, -1, 0.3, 0.2, 0.15);
        p.Fill(Rgb.Hex(0xE9DDC8));
        p.MoveTo(-1, -0.05);
        p.CubicTo(-1, 1.3, 1, 1.3, 1, -0.05);
        p.QuadTo(0, -0.3, -1, -0.05);
        p.Close();
        Figures.Body(p, v, v.Look.Main);
    }

    private static void Shrimp(Painter p, SpriteView v)
    {
        p.Begin();
        p.Arc(0, -0.2, 0.66, 0.72, -0.4, 3.0);
        p.Stroke(v.Look.Main, 0.5);
        for (int i = 0; i < 5; i++)
        {
            double a = -0.1 + (0.65 * i);
            p.Line(0.46 * Num.Cos(a), (0.5 * Num.Sin(a)) - 0.2, 0.88 * Num.Cos(a), (0.95 * Num.Sin(a)) - 0.2);
            p.Stroke(v.Look.Main.Shade(0.75), 0.07);
        }

        p.Polygon(0.5, -0.45, 0.9, -0.95, 0.3, -0.9);
        p.Fill(v.Look.Main.Shade(0.8));
    }

    private static void Strawberry(Painter p, SpriteView v)
    {
        p.Blob(-0.95, 0.7, 0, 0.95, 0.95, 0.7, 0.85, -0.3, 0, -1.35, -0.85, -0.3);
        Figures.Body(p, v, v.Look.Main);
        for (int i = 0; i < 6; i++)
        {
            Figures.Dot(p, -0.4 + (0.4 * (i % 3)), 0.35 - (0.5 * (i / 3)), 0.06, Rgb.Hex(0xF0D98A));
        }

        p.Polygon(-0.6, 0.75, 0, 0.5, 0.6, 0.75, 0.2, 0.8, 0, 1, -0.2, 0.8);
        p.Fill(Rgb.Hex(0x4E8F45));
    }
}
