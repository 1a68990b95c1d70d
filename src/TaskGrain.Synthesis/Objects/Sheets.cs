using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Thin flat kinds: paper, cloth, cards, coins, leaves.</summary>
internal static class Sheets
{
    private const Affordance Paper = Graspable | Sheet | Tearable | Steady | Bendable | Feathery | Squeezable;
    private const Affordance Textile = Graspable | Sheet | Cloth | Steady | Squeezable | Stretchy;

    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Make(
            "paper",
            15,
            0.12,
            11,
            Paper,
            ["paper", "piece of paper", "sheet of paper", "a4 paper", "white paper"],
            Palette.Pale,
            2.8,
            new() { Mark = SheetMark.Lines },
            ["paper"]
        ),
        Make(
            "newspaper",
            16,
            0.3,
            12,
            Paper,
            ["newspaper", "magazine", "news paper", "leaflet"],
            Palette.Of((null, 0xD9D3C4), (null, 0xCFCABC)),
            0.9,
            new() { Mark = SheetMark.Lines },
            ["paper"]
        ),
        Make(
            "napkin",
            12,
            0.3,
            12,
            Paper | Cloth,
            ["napkin", "tissue", "paper napkin", "paper towel", "tissue paper"],
            Palette.Pale,
            1.8,
            new() { Mark = SheetMark.Dots, Wavy = true },
            ["paper"]
        ),
        Make(
            "envelope",
            13,
            0.3,
            9,
            Paper | Openable,
            ["envelope", "letter", "paper bag"],
            Palette.Of(("white", 0xEDEAE0), ("brown", 0xBB9260), ("yellow", 0xE3CB76)),
            1,
            new() { Mark = SheetMark.Border },
            ["paper"]
        ),
        Make(
            "towel",
            16,
            0.9,
            12,
            Textile,
            ["towel", "hand towel", "small towel", "kitchen towel"],
            Palette.Cloths,
            1.4,
            new() { Mark = SheetMark.Stripes, Wavy = true }
        ),
        Make(
            "cloth",
            15,
            0.4,
            12,
            Textile,
            ["cloth", "handkerchief", "rag", "piece of cloth", "scarf"],
            Palette.Cloths,
            1.6,
            new() { Mark = SheetMark.Checks, Wavy = true },
            ["cotton"]
        ),
        Make(
            "sock",
            13,
            0.9,
            5.5,
            Textile | Small,
            ["sock", "a pair of socks", "headband"],
            Palette.Cloths,
            0.9,
            new() { Mark = SheetMark.Stripes, Wavy = true }
        ),
        Make(
            "card",
            8.6,
            0.12,
            5.6,
            Graspable | Sheet | Bendable | Small | Steady | Feathery | Tearable,
            ["card", "credit card", "playing card", "business card"],
            Palette.Bright,
            1.6,
            new() { Mark = SheetMark.Border },
            ["plastic", "paper"]
        ),
        Make(
            "photo",
            10,
            0.12,
            7.5,
            Graspable | Sheet | Bendable | Steady | Feathery | Tearable,
            ["photo", "picture", "postcard", "photograph"],
            Palette.Pale,
            0.8,
            new() { Mark = SheetMark.Picture }
        ),
        Make(
            "sticky note",
            7,
            0.12,
            7,
            Graspable | Sheet | Small | Sticky | Tearable | Steady | Feathery,
            ["sticky note", "post it", "sticker", "post-it note"],
            Palette.Of(("yellow", 0xEFD94F), ("pink", 0xEE8FB0), ("green", 0xA8D86B), ("orange", 0xF0A24A)),
            1.1,
            new(),
            ["paper"]
        ),
        Make(
            "magnet",
            5,
            0.6,
            5,
            Graspable | Small | Sticky | Steady | Stacks,
            ["magnet", "fridge magnet", "badge"],
            Palette.Bright,
            0.9,
            new() { Round = true, Mark = SheetMark.Border }
        ),
        Make(
            "coin",
            3.6,
            0.4,
            3.6,
            Graspable | Small | Steady | Stacks | Rolls | Round,
            ["coin", "penny", "quarter", "token"],
            Palette.Metals,
            2,
            new() { Round = true, Mark = SheetMark.Border },
            ["metal"],
            finish: Finish.Metal
        ),
        Make(
            "bottle cap",
            4.4,
            1.1,
            4.4,
            Graspable | Small | Steady | Stacks | Rolls,
            ["bottle cap", "cap", "lid", "button"],
            Palette.Bright,
            1.4,
            new() { Round = true, Mark = SheetMark.Dots },
            ["plastic", "metal"]
        ),
        Make(
            "cd",
            12,
            0.25,
            12,
            Graspable | Steady | Rolls | Bendable | Brittle | Support,
            ["cd", "dvd", "disc", "compact disc"],
            Palette.Of((null, 0xBFC7CE), ("golden", 0xD3BE83)),
            0.8,
            new() { Round = true, Mark = SheetMark.Border },
            finish: Finish.Metal
        ),
        Make(
            "coaster",
            9.4,
            0.7,
            9.4,
            Graspable | Steady | Stacks | Support | Rolls,
            ["coaster", "mouse pad", "cork mat"],
            Palette.Woods,
            0.8,
            new() { Round = true, Mark = SheetMark.Border },
            ["wooden", "cork"]
        ),
        Make(
            "cookie",
            6.4,
            1.2,
            6.4,
            Graspable | Small | Steady | Stacks | Brittle,
            ["cookie", "biscuit", "cracker"],
            Palette.Of((null, 0xC4924F), (null, 0x8A5A32), (null, 0xD7AE6C)),
            1,
            new() { Round = true, Mark = SheetMark.Dots }
        ),
        Make(
            "bread",
            10.5,
            1.8,
            9.5,
            Graspable | Steady | Support | Tearable | Squeezable | Stacks,
            ["bread", "slice of bread", "toast", "sandwich"],
            Palette.Of((null, 0xD9AE6E), ("white", 0xEAD9B4), ("brown", 0xA9743E)),
            0.9,
            new() { Mark = SheetMark.Border, Wavy = true }
        ),
        Make(
            "leaf",
            11,
            0.15,
            6,
            Graspable | Sheet | Tearable | Bendable | Feathery | Steady,
            ["leaf", "green leaf", "dry leaf", "lettuce"],
            Palette.Of(("green", 0x5F9741), ("brown", 0x9A6B36), ("yellow", 0xCDB044)),
            1.1,
            new() { Leaf = true, Mark = SheetMark.Veins }
        ),
        Make(
            "feather",
            11,
            0.15,
            3.2,
            Graspable | Feathery | Bendable | Small | Steady,
            ["feather", "bird feather"],
            Palette.Of(("white", 0xECEAE4), ("grey", 0x8D9095), ("blue", 0x5F8CBF)),
            0.7,
            new() { Leaf = true, Mark = SheetMark.Veins }
        ),
        Make(
            "placemat",
            17,
            0.5,
            13,
            Graspable | Sheet | Support | Steady | Bendable,
            ["placemat", "mat", "tray", "cutting mat", "clipboard"],
            Palette.Bright,
            0.8,
            new() { Mark = SheetMark.Checks }
        ),
    ];

    internal static ObjectKind Make(
        string name,
        double width,
        double thickness,
        double depth,
        Affordance can,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        double weight,
        SheetSprite sprite,
        string[]? materials = null,
        Finish finish = Finish.Matte
    ) =>
        new()
        {
            Name = name,
            Sprite = sprite,
            Width = width,
            Height = thickness,
            Depth = depth,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            LiesFlat = true,
            Finishes = [finish],
            Materials = materials ?? [],
            Parts = ["corner", "edge", "side"],
        };
}
