using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Round kinds: balls and fruit.</summary>
internal static class Balls
{
    private const Affordance Ball = Graspable | Rolls | Round | Small;

    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Make(
            "ball",
            6.6,
            6.6,
            Ball | Squeezable,
            ["ball", "rubber ball", "small ball", "bouncy ball"],
            Palette.Bright,
            2.2,
            BallMark.Stripe,
            [Finish.Matte, Finish.Glossy],
            ["rubber", "plastic"]
        ),
        Make(
            "tennis ball",
            6.6,
            6.6,
            Ball,
            ["tennis ball", "ball"],
            Palette.Of(("green", 0xC3D23F), ("yellow", 0xD5DB4A)),
            1.2,
            BallMark.Seam,
            [Finish.Soft]
        ),
        Make(
            "football",
            8.6,
            8.6,
            Graspable | Rolls | Round | Big,
            ["football", "soccer ball", "toy football"],
            Palette.Of(("white", 0xEFEDE7), ("yellow", 0xE4C63C), ("red", 0xC9433A)),
            0.8,
            BallMark.Patches,
            [Finish.Matte]
        ),
        Make(
            "apple",
            7,
            6.8,
            Ball,
            ["apple", "red apple", "fruit"],
            Palette.Of(("red", 0xB92E2B), ("green", 0x8DB43E), ("yellow", 0xDDBE4A)),
            1.3,
            BallMark.Stem,
            [Finish.Glossy]
        ),
        Make(
            "orange",
            7,
            6.8,
            Ball | Squeezable,
            ["orange", "tangerine", "fruit"],
            Palette.Of((null, 0xE58A27), (null, 0xE0781F)),
            1,
            BallMark.Stem,
            [Finish.Soft]
        ),
        Make(
            "lemon",
            6.6,
            5.2,
            Ball | Squeezable,
            ["lemon", "lime"],
            Palette.Of((null, 0xE7CF3C), ("green", 0x86B043)),
            0.9,
            BallMark.Spots,
            [Finish.Soft]
        ),
        Make(
            "tomato",
            6.4,
            5.6,
            Ball | Squeezable,
            ["tomato", "red tomato"],
            Palette.Of(("red", 0xC7352B), (null, 0xD24A33)),
            0.8,
            BallMark.Stem,
            [Finish.Glossy]
        ),
        Make(
            "potato",
            7.6,
            5.6,
            Ball,
            ["potato", "sweet potato", "stone", "rock"],
            Palette.Of((null, 0xB3905F), ("brown", 0x9A784E), ("grey", 0x8B8984)),
            1,
            BallMark.Spots,
            [Finish.Matte]
        ),
        Make(
            "egg",
            4.6,
            5.8,
            Ball,
            ["egg", "easter egg"],
            Palette.Of(("white", 0xF0E9DC), ("brown", 0xC99A6B), ("blue", 0x84AED2)),
            0.8,
            BallMark.Spots,
            [Finish.Soft]
        ),
        Make(
            "marble",
            3.2,
            3.2,
            Ball,
            ["marble", "glass ball", "glass marble"],
            Palette.Glasses,
            1,
            BallMark.Swirl,
            [Finish.Glass],
            ["glass"]
        ),
        Make(
            "yarn",
            7.2,
            7.2,
            Ball | Squeezable,
            ["ball of yarn", "yarn", "wool"],
            Palette.Cloths,
            0.6,
            BallMark.Swirl,
            [Finish.Soft],
            ["wool"]
        ),
        Make(
            "balloon",
            10.5,
            11.5,
            Graspable | Squeezable | Big | Feathery | Round,
            ["balloon", "air balloon"],
            Palette.Bright,
            0.6,
            BallMark.Swirl,
            [Finish.Glossy]
        ),
        Make(
            "onion",
            6.8,
            6.4,
            Ball,
            ["onion", "garlic", "red onion"],
            Palette.Of((null, 0xC68A4F), ("red", 0x8E3A52), ("white", 0xEDE6DA)),
            0.8,
            BallMark.Stem,
            [Finish.Glossy]
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
        BallMark mark,
        Finish[] finishes,
        string[]? materials = null
    ) =>
        new()
        {
            Name = name,
            Sprite = new BallSprite(mark),
            Width = width,
            Height = height,
            Depth = width,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            Finishes = finishes,
            Materials = materials ?? [],
            Parts = ["top", "side"],
        };
}
