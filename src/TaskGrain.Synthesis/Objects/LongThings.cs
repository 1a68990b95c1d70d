using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Long thin kinds; they lie on the table.</summary>
internal static class LongThings
{
    private const Affordance Stick = Graspable | Long;

    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Make(
            "pen",
            14,
            1.3,
            Stick | Small | Rolls | Separable | Openable | Plug,
            ["pen", "ballpoint pen", "blue pen"],
            Palette.Bright,
            3,
            new((-1, 0.8), (-0.95, 1), (0.75, 1), (0.92, 0.5), (1, 0.12)) { Accents = [(-1, -0.5), (0.72, 0.8)] },
            parts: ["cap", "tip", "clip"]
        ),
        Make(
            "pencil",
            15,
            1.1,
            Stick | Small | Rolls | Brittle,
            ["pencil", "wooden pencil"],
            Palette.Of(("yellow", 0xE2B33A), ("red", 0xB93A31), ("green", 0x3F8C55), ("black", 0x303034)),
            2,
            new((-1, 1), (0.76, 1), (1, 0.05)) { Accents = [(0.76, 0.93)], Details = [(-1, -0.9)] },
            parts: ["tip", "eraser", "end"]
        ),
        Make(
            "marker",
            13,
            2,
            Stick | Small | Rolls | Separable | Openable | Plug,
            ["marker", "felt pen", "highlighter", "sharpie"],
            Palette.Bright,
            1.6,
            new((-1, 0.9), (-0.96, 1), (0.9, 1), (0.95, 0.85), (1, 0.8))
            {
                Accents = [(0.3, 1)],
                Details = [(-0.6, -0.2)],
            },
            parts: ["cap", "lid"]
        ),
        Make(
            "screwdriver",
            16,
            2.3,
            Stick | Rolls,
            ["screwdriver", "screw driver"],
            Palette.Bright,
            0.9,
            new((-1, 0.75), (-0.9, 1), (-0.3, 0.9), (-0.16, 0.55), (-0.14, 0.24), (0.96, 0.24), (1, 0.12))
            {
                Details = [(-0.14, 1)],
            },
            parts: ["handle", "tip"]
        ),
        Make(
            "toothbrush",
            15,
            1.5,
            Stick | Bendable,
            ["toothbrush", "tooth brush", "brush"],
            Palette.Bright,
            1.3,
            new((-1, 0.8), (-0.2, 1), (0.3, 0.6), (0.6, 0.55), (0.66, 1), (1, 0.9)) { Extra = Bristles },
            parts: ["handle", "bristle"]
        ),
        Make(
            "comb",
            14,
            2.6,
            Stick | Bendable | Brittle,
            ["comb", "hair comb", "hairbrush"],
            Palette.Bright,
            1,
            new((-1, 0.8), (-0.95, 1), (0.95, 1), (1, 0.8)) { Extra = Teeth },
            ["plastic"],
            ["teeth", "handle", "edge"]
        ),
        Make(
            "ruler",
            17,
            2.6,
            Stick | Bendable | Steady,
            ["ruler", "scale", "wooden ruler"],
            Palette.Of((null, 0xD8B872), ("green", 0x6DB48A), ("blue", 0x6F9CCB), (null, 0xCFD9DC)),
            1.1,
            new((-1, 1), (1, 1)) { Extra = Ticks },
            ["wooden", "plastic"],
            ["end", "edge"]
        ),
        Make(
            "straw",
            15,
            0.95,
            Stick | Bendable | Squeezable,
            ["straw", "drinking straw", "plastic straw"],
            Palette.Bright,
            0.8,
            new((-1, 1), (1, 1)) { Accents = [(-0.7, -0.5), (-0.2, 0), (0.3, 0.5)] }
        ),
        Make(
            "stick",
            17,
            1.3,
            Stick | Brittle | Rolls,
            ["stick", "twig", "wooden stick", "branch"],
            Palette.Woods,
            1,
            new((-1, 0.7), (-0.5, 1), (-0.1, 0.8), (0.4, 0.95), (1, 0.55)),
            ["wooden"],
            ["end", "tip"]
        ),
        Make(
            "paintbrush",
            15,
            1.8,
            Stick | Small,
            ["paintbrush", "paint brush", "makeup brush"],
            Palette.Woods,
            0.8,
            new((-1, 0.3), (-0.4, 0.7), (0.3, 0.85), (0.55, 0.9), (0.75, 1), (1, 0.25))
            {
                Details = [(0.3, 0.55)],
                Accents = [(0.55, 1)],
            },
            ["wooden"],
            ["handle", "bristle"]
        ),
        Make(
            "nail file",
            12,
            1.5,
            Stick | Small | Bendable | Brittle,
            ["nail file", "popsicle stick", "ice cream stick", "match stick"],
            Palette.Of((null, 0xD9BE8E), ("pink", 0xD98EA3), (null, 0xC9A872)),
            0.8,
            new((-1, 0.6), (-0.94, 1), (0.94, 1), (1, 0.6)),
            ["wooden"]
        ),
        Make(
            "cable",
            15,
            1.5,
            Stick | Bendable | Stretchy | Plug,
            ["cable", "usb cable", "charging cable", "wire", "cord"],
            Palette.Dark,
            1.1,
            new((-1, 0.5), (-0.8, 0.45), (0.62, 0.45), (0.64, 1), (0.86, 1), (0.86, 0.66), (1, 0.66))
            {
                Details = [(0.86, 1)],
            },
            parts: ["plug", "end"]
        ),
        Make(
            "rubber band",
            12,
            1.4,
            Stick | Stretchy | Bendable | Small | Squeezable,
            ["rubber band", "hair tie", "elastic band", "hair band"],
            Palette.Bright,
            1.1,
            new((-1, 0.5), (-0.95, 0.9), (0.95, 0.9), (1, 0.5)) { Extra = BandGap },
            ["rubber"]
        ),
        Make(
            "ladle",
            16,
            4,
            Stick | Steady,
            ["ladle", "scoop", "shovel", "toy shovel"],
            Palette.Metals,
            0.9,
            new((-1, 0.2), (-0.96, 0.28), (0.3, 0.2), (0.42, 0.7), (0.7, 1), (0.92, 0.72), (1, 0.3)),
            parts: ["handle"]
        ),
        Make(
            "hammer",
            15,
            5,
            Stick,
            ["hammer", "toy hammer", "mallet"],
            Palette.Woods,
            0.7,
            new((-1, 0.22), (0.55, 0.2), (0.56, 1), (0.9, 1), (0.92, 0.3)) { Details = [(0.56, 0.92)] },
            ["wooden"],
            ["head", "handle"]
        ),
        Make(
            "cucumber",
            14,
            3.4,
            Stick | Rolls | Brittle,
            ["cucumber", "zucchini", "corn"],
            Palette.Of(("green", 0x4F8A3C), (null, 0x5D9A46), (null, 0xDDBB45)),
            0.6,
            new((-1, 0.3), (-0.92, 0.8), (-0.5, 1), (0.6, 0.95), (0.92, 0.75), (1, 0.3)),
            parts: ["end"]
        ),
        Make(
            "chopstick",
            16,
            0.9,
            Stick | Rolls | Brittle | Small,
            ["chopstick", "incense stick", "knitting needle"],
            Palette.Woods,
            0.5,
            new((-1, 1), (1, 0.45)) { Accents = [(-1, -0.7)] },
            ["wooden"]
        ),
    ];

    internal static ObjectKind Make(
        string name,
        double length,
        double thickness,
        Affordance can,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        double weight,
        LongSprite sprite,
        string[]? materials = null,
        string[]? parts = null
    ) =>
        new()
        {
            Name = name,
            Sprite = sprite,
            Width = length,
            Height = Math.Min(2, thickness),
            Depth = thickness,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            LiesFlat = true,
            Finishes = [Finish.Glossy, Finish.Matte],
            Materials = materials ?? ["plastic"],
            Parts = parts ?? ["end", "tip", "side"],
        };

    private static void Bristles(Painter p, SpriteView v)
    {
        p.Rect(0.64, 0.6, 0.97, 2.4);
        p.Fill(Rgb.Hex(0xF2F0EA));
        p.Rect(0.72, 0.6, 0.85, 2.4);
        p.Fill(v.Look.Accent);
    }

    private static void Teeth(Painter p, SpriteView v)
    {
        for (int i = 0; i < 15; i++)
        {
            double x = -0.4 + (0.094 * i);
            p.Line(x, -0.95, x, 0.15);
            p.Stroke(v.Look.Main.Shade(0.35), 0.035, 0.8);
        }
    }

    private static void Ticks(Painter p, SpriteView v)
    {
        for (int i = 0; i < 16; i++)
        {
            double x = -0.93 + (0.124 * i);
            p.Line(x, 0.95, x, i % 4 == 0 ? 0.1 : 0.5);
            p.Stroke(Rgb.Hex(0x2B2B2B), 0.03, 0.8);
        }
    }

    private static void BandGap(Painter p, SpriteView v)
    {
        p.RoundRect(-0.92, -0.35, 0.92, 0.35, 0.35);
        p.Fill(v.Look.Main.Shade(0.4), 0.75);
    }
}
