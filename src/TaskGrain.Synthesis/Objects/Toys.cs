using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Kinds with a silhouette of their own.</summary>
internal static class Toys
{
    public static IReadOnlyList<ObjectKind> Kinds { get; } =
    [
        Upright(
            "teddy bear",
            9,
            11,
            Graspable | Topples | Squeezable | Big,
            ["teddy bear", "teddy", "soft toy", "stuffed animal", "doll"],
            Palette.Of(("brown", 0x8F6440), (null, 0xC29A68), ("pink", 0xD98FA4), ("white", 0xE7E1D6)),
            1.3,
            Figures.Bear,
            Finish.Soft,
            ["ear", "nose", "leg"]
        ),
        Upright(
            "rubber duck",
            7.5,
            7.5,
            Graspable | Steady | Squeezable | Small,
            ["rubber duck", "toy duck", "duck"],
            Palette.Of(("yellow", 0xEBC93B), ("pink", 0xE08CA8), ("blue", 0x5F9CCB)),
            1,
            Figures.Duck,
            Finish.Glossy,
            ["beak", "head", "tail"]
        ),
        Upright(
            "toy car",
            10,
            5.4,
            Graspable | Steady | Rolls | Small,
            ["toy car", "car", "small car", "truck"],
            Palette.Bright,
            1.4,
            Figures.Car,
            Finish.Glossy,
            ["wheel", "roof", "door"]
        ),
        Upright(
            "shoe",
            14,
            7.4,
            Graspable | Steady | Big | Container,
            ["shoe", "sneaker", "slipper"],
            Palette.Bright,
            0.8,
            Figures.Shoe,
            Finish.Matte,
            ["lace", "heel", "sole"]
        ),
        Upright(
            "robot",
            7.5,
            10.5,
            Graspable | Topples | Big,
            ["robot", "toy robot", "action figure"],
            Palette.Bright,
            0.8,
            Figures.Robot,
            Finish.Metal,
            ["arm", "head", "leg"]
        ),
        Upright(
            "dinosaur",
            10,
            9,
            Graspable | Topples | Big,
            ["dinosaur", "toy dinosaur", "lizard", "toy animal"],
            Palette.Bright,
            0.9,
            Figures.Dinosaur,
            Finish.Matte,
            ["tail", "head", "leg"]
        ),
        Upright(
            "light bulb",
            5.6,
            9.4,
            Graspable | Topples | Rolls | Small | Plug,
            ["light bulb", "bulb", "lamp"],
            Palette.Of((null, 0xF1EEDF), ("yellow", 0xF3DF9A)),
            0.6,
            Figures.Bulb,
            Finish.Glossy,
            ["base", "top"]
        ),
        Upright(
            "plant",
            10,
            13,
            Graspable | Topples | Big,
            ["plant", "flower pot", "small plant", "potted plant"],
            Palette.Of((null, 0xB4653F), ("white", 0xE6E2D8), ("blue", 0x4B77A8)),
            0.6,
            Figures.Plant,
            Finish.Matte,
            ["leaf", "pot"]
        ),
        Upright(
            "hat",
            12,
            6.6,
            Graspable | Steady | Big | Squeezable,
            ["hat", "cap", "baseball cap"],
            Palette.Bright,
            1,
            Figures.Cap,
            Finish.Soft,
            ["brim", "top"]
        ),
        Upright(
            "padlock",
            4.6,
            6,
            Graspable | Steady | Small | Openable | Socket,
            ["lock", "padlock", "small lock"],
            Palette.Metals,
            0.8,
            Figures.Lock,
            Finish.Metal,
            ["shackle", "keyhole"]
        ),
        Upright(
            "stapler",
            11,
            5,
            Graspable | Steady | Openable,
            ["stapler", "hole punch", "punching machine"],
            Palette.Bright,
            0.9,
            Figures.Stapler,
            Finish.Glossy,
            ["top", "base"]
        ),
        Lying(
            "banana",
            13,
            2.6,
            5.4,
            Graspable | Steady | Bendable,
            ["banana", "yellow banana"],
            Palette.Of((null, 0xE6C842), ("yellow", 0xDFBF36), ("green", 0xA9BC4A)),
            1,
            Figures.Banana,
            Finish.Matte,
            ["stem", "end"]
        ),
        Lying(
            "chili",
            13,
            2.4,
            3.4,
            Graspable | Long | Rolls | Brittle,
            ["chili", "parsnip", "radish"],
            Palette.Of(("orange", 0xDE7A2B), ("red", 0xB8352D), ("white", 0xE3DAC3)),
            0.7,
            Figures.Chili,
            Finish.Matte,
            ["tip", "stalk"]
        ),
        Lying(
            "glasses",
            12,
            1.6,
            4.6,
            Graspable | Steady | Small,
            ["glasses", "sunglasses", "spectacles", "goggles"],
            Palette.Dark,
            1.3,
            Figures.Glasses,
            Finish.Glossy,
            ["lens", "frame", "temple"]
        ),
        Lying(
            "scissors",
            13,
            0.9,
            6.5,
            Graspable | Steady | Long | Small,
            ["scissors", "a pair of scissors", "scissor"],
            Palette.Bright,
            1.5,
            Figures.Scissors,
            Finish.Metal,
            ["handle", "blade"]
        ),
        Lying(
            "key",
            7.4,
            0.5,
            3,
            Graspable | Steady | Small | Plug,
            ["key", "house key", "car key", "keys"],
            Palette.Metals,
            1.6,
            Figures.Key,
            Finish.Metal,
            ["tip", "ring"]
        ),
        Lying(
            "watch",
            13,
            1.1,
            4.6,
            Graspable | Steady | Small | Bendable,
            ["watch", "wrist watch", "wristwatch", "bracelet"],
            Palette.Metals,
            1.1,
            Figures.Watch,
            Finish.Metal,
            ["strap", "dial", "button"]
        ),
        Lying(
            "computer mouse",
            9,
            2.8,
            5.6,
            Graspable | Steady | Support,
            ["mouse", "computer mouse", "wireless mouse"],
            Palette.Dark,
            1.1,
            Figures.Mouse,
            Finish.Glossy,
            ["button", "wheel"]
        ),
        Lying(
            "headphones",
            11,
            1.8,
            10,
            Graspable | Steady | Bendable | Stretchy,
            ["headphones", "headset", "earphones"],
            Palette.Dark,
            0.8,
            Figures.Headphones,
            Finish.Matte,
            ["cushion", "band"]
        ),
        Lying(
            "glove",
            9,
            1,
            11,
            Graspable | Steady | Cloth | Squeezable | Stretchy | Feathery,
            ["glove", "mitten", "oven glove"],
            Palette.Cloths,
            0.8,
            Figures.Glove,
            Finish.Soft,
            ["thumb", "cuff"]
        ),
    ];

    internal static ObjectKind Upright(
        string name,
        double width,
        double height,
        Affordance can,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        double weight,
        Action<Painter, SpriteView> draw,
        Finish finish,
        string[] parts
    ) =>
        new()
        {
            Name = name,
            Sprite = new FigureSprite(draw),
            Width = width,
            Height = height,
            Depth = 0.55 * width,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            Finishes = [finish],
            Parts = parts,
        };

    internal static ObjectKind Lying(
        string name,
        double width,
        double thickness,
        double depth,
        Affordance can,
        string[] nouns,
        IReadOnlyList<NamedColor> colors,
        double weight,
        Action<Painter, SpriteView> draw,
        Finish finish,
        string[] parts
    ) =>
        new()
        {
            Name = name,
            Sprite = new FigureSprite(draw, lies: true),
            Width = width,
            Height = thickness,
            Depth = depth,
            Can = can,
            Nouns = nouns,
            Colors = colors,
            Weight = weight,
            LiesFlat = true,
            Finishes = [finish],
            Parts = parts,
        };
}
