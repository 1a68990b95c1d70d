using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Kinds turned on a lathe: vessels, bottles, cans.</summary>
internal static class Vessels
{
    private const Affordance Cup = Graspable | Container | Topples | Steady | Stacks;
    private const Affordance Bottle = Graspable | Topples | Openable | Rolls | Squeezable;

    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Make(
            "cup",
            7.5,
            8,
            Cup | Squeezable,
            ["cup", "paper cup", "plastic cup"],
            Palette.Bright,
            3,
            new((0, 0.68), (0.04, 0.72), (1, 1)) { Hollow = true, Rings = [0.8] }
        ),
        Make(
            "mug",
            8,
            8.5,
            Cup | Big,
            ["mug", "coffee mug", "cup", "coffee cup"],
            Palette.Bright,
            2.4,
            new((0, 0.84), (0.06, 0.94), (0.3, 1), (1, 1)) { Hollow = true, Handle = true },
            [Finish.Glossy],
            ["ceramic"]
        ),
        Make(
            "glass",
            6.8,
            10,
            Cup | Big,
            ["glass", "drinking glass", "water glass", "tumbler"],
            Palette.Glasses,
            1.8,
            new((0, 0.75), (0.05, 0.8), (1, 1)) { Hollow = true },
            [Finish.Glass],
            ["glass"]
        ),
        Make(
            "bowl",
            12.5,
            5.8,
            Cup | Big,
            ["bowl", "plastic bowl", "small bowl"],
            Palette.Bright,
            1.6,
            new((0, 0.42), (0.06, 0.46), (0.3, 0.74), (0.65, 0.93), (1, 1)) { Hollow = true, Rings = [0.86] },
            [Finish.Glossy, Finish.Matte],
            ["ceramic", "plastic"]
        ),
        Make(
            "jar",
            7.6,
            10,
            Graspable | Openable | Topples | Big | Steady | Support | Rolls,
            ["jar", "jam jar", "glass jar"],
            Palette.Glasses,
            1.2,
            new((0, 0.94), (0.05, 1), (0.7, 1), (0.79, 0.84), (0.82, 0.84), (0.82, 0.92), (1, 0.92))
            {
                CapFrom = 0.82,
                Label = (0.2, 0.58),
            },
            [Finish.Glass],
            ["glass"],
            ["lid", "label", "side"]
        ),
        Make(
            "bottle",
            6,
            16,
            Bottle | Big,
            ["bottle", "water bottle", "plastic bottle", "bottle of water"],
            Palette.Of(
                ("blue", 0x6FA3CF),
                ("green", 0x5A9E6B),
                (null, 0xBBD0D8),
                ("red", 0xB8433A),
                ("white", 0xE4E4E0)
            ),
            2.6,
            new((0, 0.9), (0.04, 1), (0.6, 1), (0.8, 0.48), (0.9, 0.4), (1, 0.4))
            {
                CapFrom = 0.91,
                Label = (0.26, 0.54),
            },
            [Finish.Glossy],
            ["plastic"],
            ["cap", "lid", "label", "neck"]
        ),
        Make(
            "perfume",
            6,
            9.5,
            Graspable | Topples | Openable | Steady,
            ["perfume", "perfume bottle", "deodorant", "body spray"],
            Palette.Bright,
            0.8,
            new((0, 0.96), (0.05, 1), (0.62, 1), (0.68, 0.5), (0.72, 0.5), (0.72, 0.62), (1, 0.62)) { CapFrom = 0.72 },
            [Finish.Glossy],
            ["glass"],
            ["cap", "lid", "nozzle"]
        ),
        Make(
            "can",
            6.4,
            11,
            Graspable | Topples | Rolls | Stacks | Support | Steady | Big | Squeezable,
            ["can", "soda can", "coke can", "beer can"],
            Palette.Bright,
            1.5,
            new((0, 0.82), (0.07, 1), (0.92, 1), (1, 0.86)) { Label = (0.16, 0.84) },
            [Finish.Metal],
            ["metal", "aluminium"]
        ),
        Make(
            "tin",
            8.8,
            5,
            Graspable | Rolls | Stacks | Support | Steady | Openable,
            ["tin", "cream box", "tin box", "vaseline"],
            Palette.Metals,
            0.8,
            new((0, 0.97), (0.05, 1), (0.66, 1), (0.66, 1.05), (1, 1.05)) { CapFrom = 0.66 },
            [Finish.Metal],
            ["metal"],
            ["lid", "side", "edge"]
        ),
        Make(
            "candle",
            4.8,
            8,
            Graspable | Topples | Rolls | Steady | Small | Plug,
            ["candle", "wax candle"],
            Palette.Bright,
            0.7,
            new((0, 1), (1, 1)) { Extra = Wick },
            [Finish.Soft],
            ["wax"],
            ["wick", "top", "side"]
        ),
        Make(
            "tape",
            7.2,
            3,
            Graspable | Rolls | Stacks | Steady | Sticky | Small,
            ["tape", "roll of tape", "adhesive tape", "sellotape", "duct tape"],
            Palette.Of(
                ("brown", 0xB98B54),
                ("black", 0x2D2D31),
                ("white", 0xE5E2DA),
                ("blue", 0x3E73B3),
                (null, 0xD3C9A8)
            ),
            1,
            new((0, 1), (1, 1)) { Extra = TapeHole },
            [Finish.Glossy],
            ["plastic"]
        ),
        Make(
            "toilet roll",
            8.6,
            8.4,
            Graspable | Rolls | Topples | Stacks | Steady | Squeezable | Big,
            ["toilet paper", "toilet roll", "tissue roll", "roll of toilet paper"],
            Palette.Pale,
            0.8,
            new((0, 1), (1, 1)) { Extra = RollHole },
            [Finish.Soft],
            ["paper"]
        ),
        Make(
            "battery",
            2.8,
            6.4,
            Graspable | Rolls | Topples | Small | Plug,
            ["battery", "aa battery", "cell"],
            Palette.Of(("black", 0x2A2A2E), (null, 0xC98A3A), ("green", 0x3F8C4F), ("blue", 0x2E5FA5)),
            0.8,
            new((0, 1), (0.93, 1), (0.93, 0.4), (1, 0.4)) { Rings = [0.7, 0.76] },
            [Finish.Metal]
        ),
        Make(
            "lipstick",
            2.8,
            7.6,
            Graspable | Rolls | Topples | Small | Openable | Separable | Plug,
            ["lipstick", "lip balm", "lip gloss"],
            Palette.Bright,
            0.7,
            new((0, 1), (0.55, 1), (0.55, 0.88), (1, 0.88)) { CapFrom = 0.55 },
            [Finish.Glossy],
            ["plastic"],
            ["cap", "lid"]
        ),
        Make(
            "glue stick",
            3.2,
            9,
            Graspable | Rolls | Topples | Small | Openable | Separable | Steady,
            ["glue stick", "glue", "fevistick"],
            Palette.Of(("white", 0xEAE8E0), ("yellow", 0xE6C63F), ("orange", 0xE0792E), ("blue", 0x3C6FB8)),
            0.8,
            new((0, 1), (0.7, 1), (0.7, 0.94), (1, 0.94)) { CapFrom = 0.7, Label = (0.15, 0.6) },
            [Finish.Glossy],
            ["plastic"],
            ["cap", "lid"]
        ),
        Make(
            "thermos",
            6.6,
            15,
            Graspable | Topples | Openable | Rolls | Big | Steady,
            ["thermos", "flask", "thermos flask", "steel bottle"],
            Palette.Metals,
            0.7,
            new((0, 0.95), (0.03, 1), (0.76, 1), (0.8, 0.84), (1, 0.8)) { CapFrom = 0.79, Rings = [0.1] },
            [Finish.Metal],
            ["metal", "steel"],
            ["lid", "cap", "side"]
        ),
        Make(
            "bucket",
            10.5,
            9.5,
            Cup | Big,
            ["bucket", "pail", "toy bucket"],
            Palette.Bright,
            0.7,
            new((0, 0.74), (0.04, 0.76), (1, 1))
            {
                Hollow = true,
                Rings = [0.9],
                Extra = Bail,
            },
            [Finish.Matte],
            ["plastic"],
            ["handle", "rim", "side"]
        ),
        Make(
            "vase",
            7.6,
            13.5,
            Graspable | Container | Topples | Big,
            ["vase", "flower vase", "clay pot"],
            Palette.Bright,
            0.6,
            new((0, 0.6), (0.05, 0.64), (0.32, 1), (0.52, 0.9), (0.8, 0.5), (1, 0.68)) { Hollow = true, Rings = [0.4] },
            [Finish.Glossy],
            ["ceramic", "clay"]
        ),
        Make(
            "plate",
            14.5,
            1.6,
            Graspable | Support | Steady | Stacks,
            ["plate", "saucer", "dish", "small plate"],
            Palette.Pale,
            1.1,
            new((0, 0.55), (0.2, 0.62), (1, 1)) { Extra = PlateRing },
            [Finish.Glossy],
            ["ceramic", "plastic"]
        ),
        Make(
            "yarn spool",
            4.6,
            5.4,
            Graspable | Rolls | Topples | Small | Stacks | Steady,
            ["thread", "spool of thread", "thread spool", "spool"],
            Palette.Bright,
            0.6,
            new((0, 1), (0.12, 1), (0.12, 0.78), (0.88, 0.78), (0.88, 1), (1, 1)) { Rings = [0.3, 0.5, 0.7] },
            [Finish.Matte],
            ["plastic"]
        ),
        Make(
            "shampoo",
            7,
            14,
            Graspable | Topples | Squeezable | Openable | Big | Steady,
            ["shampoo", "lotion", "shampoo bottle", "hand wash", "vicks vaporub bottle"],
            Palette.Bright,
            0.9,
            new((0, 0.92), (0.04, 1), (0.55, 1), (0.78, 0.72), (0.8, 0.42), (0.84, 0.42), (0.84, 0.55), (1, 0.55))
            {
                CapFrom = 0.84,
                Label = (0.18, 0.52),
            },
            [Finish.Glossy],
            ["plastic"],
            ["cap", "lid", "label"]
        ),
        Make(
            "basket",
            13,
            7,
            Graspable | Container | Big | Steady,
            ["basket", "small basket", "wicker basket"],
            Palette.Woods,
            0.6,
            new((0, 0.8), (0.05, 0.82), (1, 1)) { Hollow = true, Rings = [0.15, 0.35, 0.55, 0.75, 0.92] },
            [Finish.Matte],
            ["wicker", "wooden"]
        ),
        Make(
            "egg cup",
            5.6,
            6.4,
            Cup | Small | Socket,
            ["egg cup", "candle holder", "small cup"],
            Palette.Bright,
            0.5,
            new((0, 0.75), (0.06, 0.7), (0.28, 0.28), (0.45, 0.4), (0.6, 0.9), (1, 1)) { Hollow = true },
            [Finish.Glossy],
            ["ceramic"]
        ),
    ];

    internal static ObjectKind Make(
        string name,
        double width,
        double height,
        Affordance can,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        double weight,
        LatheSprite sprite,
        Finish[]? finishes = null,
        string[]? materials = null,
        string[]? parts = null
    ) =>
        new()
        {
            Name = name,
            Sprite = sprite,
            Width = width,
            Height = height,
            Depth = width,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            Finishes = finishes ?? [Finish.Matte],
            Materials = materials ?? ["plastic"],
            Parts = parts ?? ["rim", "side", "edge", "bottom"],
        };

    private static void Wick(Painter p, SpriteView v)
    {
        double y = LatheSprite.Y(v, 1);
        p.Line(0, y, 0.1, y + 0.9);
        p.Stroke(Rgb.Hex(0x2E2620), 0.22);
    }

    private static void TapeHole(Painter p, SpriteView v) => Hole(p, v, 0.66, v.Look.Main.Shade(0.4));

    private static void RollHole(Painter p, SpriteView v) => Hole(p, v, 0.34, Rgb.Hex(0x8A7354));

    private static void Hole(Painter p, in SpriteView v, double part, Rgb color)
    {
        double r = part * v.Width / 2,
            y = LatheSprite.Y(v, 1);
        p.Ellipse(0, y, r, r * v.Flat);
        p.Fill(color);
        p.Ellipse(0, y - (0.05 * v.Height), r * 0.9, r * v.Flat * 0.8);
        p.Fill(color.Shade(0.75));
    }

    private static void PlateRing(Painter p, SpriteView v)
    {
        double r = 0.64 * v.Width / 2,
            y = LatheSprite.Y(v, 1);
        p.Ellipse(0, y, r, r * v.Flat);
        p.FillLinear(-r, 0, r, 0, [v.Look.Main.Shade(0.86), v.Look.Main.Shade(1.02)], [0f, 1f]);
        p.Ellipse(0, y, r * 1.35, r * 1.35 * v.Flat);
        p.Stroke(v.Look.Accent, 0.3, 0.8);
    }

    private static void Bail(Painter p, SpriteView v)
    {
        p.Begin();
        p.Arc(0, LatheSprite.Y(v, 1), v.Width / 2, 0.9 * v.Width * v.Flat, Math.PI, Num.Tau);
        p.Stroke(Rgb.Hex(0xC9CCCE), 0.3);
    }
}
