using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Box-shaped kinds.</summary>
internal static class Boxes
{
    private const Affordance Block = Graspable | Steady | Support;

    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Make(
            "box",
            11,
            7,
            8,
            Block | Openable | Big,
            ["box", "cardboard box", "small box", "gift box"],
            Palette.Of(
                ("brown", 0xB58A57),
                (null, 0xA97C4C),
                ("white", 0xE5E1D8),
                ("red", 0xB23C33),
                ("blue", 0x4470A8)
            ),
            2.4,
            new() { Mark = FaceMark.Tape, Lid = true },
            ["cardboard"],
            ["lid", "corner", "flap"]
        ),
        Make(
            "plastic box",
            12,
            6.5,
            9,
            Graspable | Container | Steady | Big | Stacks,
            ["box", "plastic box", "container", "tray", "tupperware"],
            Palette.Bright,
            1.6,
            new() { Hollow = true },
            ["plastic"]
        ),
        Make(
            "book",
            13.5,
            2.6,
            10,
            Block | Openable | Stacks | Big,
            ["book", "notebook", "diary", "novel"],
            Palette.Bright,
            2.6,
            new()
            {
                Mark = FaceMark.Pages,
                Lid = true,
                Inside = FaceMark.Pages,
            },
            ["paper"],
            ["cover", "page", "spine", "corner"]
        ),
        Make(
            "laptop",
            15,
            1.6,
            11,
            Block | Openable | Big,
            ["laptop", "notebook computer", "laptop computer"],
            Palette.Dark,
            0.6,
            new() { Lid = true, Inside = FaceMark.Screen },
            ["metal"],
            ["screen", "lid", "corner"]
        ),
        Make(
            "phone",
            7,
            1,
            13,
            Graspable | Steady | Stacks | Support,
            ["phone", "cell phone", "mobile", "smartphone", "mobile phone"],
            Palette.Dark,
            2.2,
            new() { Mark = FaceMark.Screen },
            [],
            ["screen", "button", "corner"]
        ),
        Make(
            "remote",
            5,
            1.8,
            14,
            Graspable | Steady | Long | Openable,
            ["remote", "remote control", "tv remote"],
            Palette.Dark,
            1.6,
            new() { Mark = FaceMark.Buttons },
            ["plastic"],
            ["button", "corner"]
        ),
        Make(
            "matchbox",
            5.4,
            2,
            3.8,
            Block | Small | Stacks | Openable,
            ["matchbox", "box of matches", "match box"],
            Palette.Of(("red", 0xBE3A31), ("yellow", 0xE2BE42), ("blue", 0x2F5FA3), ("white", 0xE8E5DC)),
            1.2,
            new() { Mark = FaceMark.Stripe, Lid = true },
            ["cardboard", "wooden"]
        ),
        Make(
            "eraser",
            4.6,
            1.8,
            2.6,
            Block | Small | Stacks,
            ["eraser", "rubber", "rubber eraser"],
            Palette.Pale,
            1.4,
            new() { Mark = FaceMark.Stripe, Soft = true },
            ["rubber"]
        ),
        Make(
            "sponge",
            9,
            3.2,
            6,
            Block | Squeezable | Small | Stacks | Cloth | Tearable,
            ["sponge", "dish sponge", "scrubber"],
            Palette.Of(("yellow", 0xE7CB4A), ("green", 0x73A957), ("blue", 0x5F97C6), ("pink", 0xDF8FA5)),
            1.2,
            new() { Mark = FaceMark.Pores, Soft = true }
        ),
        Make(
            "soap",
            6.4,
            2.4,
            4.4,
            Block | Small,
            ["soap", "bar of soap", "soap bar"],
            Palette.Pale,
            0.9,
            new() { Mark = FaceMark.Label, Soft = true }
        ),
        Make(
            "brick",
            11,
            4.4,
            5.4,
            Block | Stacks | Big,
            ["brick", "stone", "red brick"],
            Palette.Of(("red", 0xA65440), (null, 0x9B4A38), ("grey", 0x8B8781)),
            0.6,
            new() { Mark = FaceMark.Pores },
            []
        ),
        Make(
            "lego",
            6.4,
            3.2,
            4,
            Block | Small | Stacks | Separable | Plug | Socket,
            ["lego", "lego brick", "lego block", "toy brick"],
            Palette.Bright,
            1.2,
            new() { Mark = FaceMark.Studs },
            ["plastic"]
        ),
        Make(
            "dice",
            4,
            4,
            4,
            Graspable | Steady | Small | Stacks | Rolls,
            ["dice", "die", "cube"],
            Palette.Of(("white", 0xF0EEE6), ("red", 0xB5302B), ("black", 0x2C2C30), ("green", 0x3A8C54)),
            1.1,
            new() { Mark = FaceMark.Pips },
            ["plastic"]
        ),
        Make(
            "puzzle cube",
            5.8,
            5.8,
            5.8,
            Graspable | Steady | Stacks | Support | Small,
            ["rubik's cube", "rubiks cube", "puzzle cube"],
            Palette.Of((null, 0x222226)),
            0.9,
            new() { Mark = FaceMark.Squares },
            []
        ),
        Make(
            "juice box",
            5.2,
            9.6,
            4,
            Graspable | Steady | Topples | Squeezable | Big,
            ["juice", "juice box", "milk carton", "carton"],
            Palette.Bright,
            1.1,
            new() { Mark = FaceMark.Label },
            ["paper"]
        ),
        Make(
            "cereal box",
            9,
            13.5,
            4,
            Graspable | Steady | Topples | Openable | Big,
            ["cereal box", "cereal", "packet", "biscuit packet"],
            Palette.Bright,
            0.8,
            new() { Mark = FaceMark.Label, Lid = true },
            ["cardboard"],
            ["top", "flap", "corner"]
        ),
        Make(
            "wallet",
            9,
            1.8,
            7,
            Graspable | Steady | Openable | Small | Support,
            ["wallet", "purse", "leather wallet"],
            Palette.Of(("brown", 0x6F4A2F), ("black", 0x2A2A2D), ("red", 0x923434), ("pink", 0xCF7C95)),
            1.3,
            new()
            {
                Mark = FaceMark.Stripe,
                Lid = true,
                Soft = true,
            },
            ["leather"]
        ),
        Make(
            "charger",
            4.6,
            4.6,
            3.2,
            Graspable | Steady | Small | Plug | Socket,
            ["charger", "adapter", "phone charger", "power bank"],
            Palette.Dark,
            1.1,
            new() { Mark = FaceMark.Holes },
            ["plastic"],
            ["pin", "side"]
        ),
        Make(
            "power strip",
            15,
            3,
            5,
            Graspable | Steady | Socket | Support,
            ["power strip", "extension board", "socket", "switch board"],
            Palette.Pale,
            0.7,
            new() { Mark = FaceMark.Holes },
            ["plastic"]
        ),
        Make(
            "card deck",
            5.6,
            2,
            8,
            Block | Small | Stacks | Openable,
            ["deck of cards", "playing cards", "card box"],
            Palette.Bright,
            0.8,
            new() { Mark = FaceMark.Label },
            ["paper"]
        ),
        Make(
            "speaker",
            7.4,
            10,
            6.4,
            Graspable | Steady | Topples | Big,
            ["speaker", "bluetooth speaker", "radio"],
            Palette.Dark,
            0.6,
            new() { Mark = FaceMark.Label },
            ["wooden"]
        ),
        Make(
            "domino",
            2.4,
            5,
            1.2,
            Graspable | Topples | Small | Stacks,
            ["domino", "domino tile", "wooden block"],
            Palette.Woods,
            0.8,
            new() { Mark = FaceMark.Pips },
            ["wooden"]
        ),
        Make(
            "jewellery box",
            9,
            5.4,
            7,
            Block | Openable | Big,
            ["jewellery box", "ring box", "spectacle case", "lunch box"],
            Palette.Bright,
            0.9,
            new() { Mark = FaceMark.Stripe, Lid = true },
            ["wooden", "velvet"],
            ["lid", "clasp"]
        ),
        Make(
            "butter",
            8,
            3.4,
            4.6,
            Block | Small | Squeezable,
            ["butter", "stick of butter", "block of clay", "play dough"],
            Palette.Of((null, 0xEFD98A), ("pink", 0xE08FA8), ("blue", 0x6FA0CE), ("green", 0x86B96A)),
            0.6,
            new() { Soft = true }
        ),
    ];

    internal static ObjectKind Make(
        string name,
        double width,
        double height,
        double depth,
        Affordance can,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        double weight,
        BoxSprite sprite,
        string[]? materials = null,
        string[]? parts = null
    ) =>
        new()
        {
            Name = name,
            Sprite = sprite,
            Width = width,
            Height = height,
            Depth = depth,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            Finishes = [Finish.Matte, Finish.Glossy],
            Materials = materials ?? [],
            Parts = parts ?? ["corner", "edge", "top", "side"],
        };
}
