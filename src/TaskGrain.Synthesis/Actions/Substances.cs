namespace TaskGrain.Synthesis;

/// <summary>What is poured, sprinkled, spread and spilt.</summary>
internal static class Substances
{
    public static IReadOnlyList<(string Name, Rgb Color)> Liquid { get; } =
    [
        ("water", Rgb.Hex(0x9FC9E6)),
        ("water", Rgb.Hex(0x8FBFE0)),
        ("juice", Rgb.Hex(0xE9A23B)),
        ("milk", Rgb.Hex(0xF2EFE8)),
        ("coffee", Rgb.Hex(0x5A3A22)),
        ("tea", Rgb.Hex(0x9C5A28)),
        ("soda", Rgb.Hex(0x6B3324)),
        ("oil", Rgb.Hex(0xD8B73E)),
    ];

    public static IReadOnlyList<(string Name, Rgb Color)> Granular { get; } =
    [
        ("sand", Rgb.Hex(0xCDAE78)),
        ("rice", Rgb.Hex(0xEFE9DA)),
        ("sugar", Rgb.Hex(0xF4F2EE)),
        ("salt", Rgb.Hex(0xEDEDED)),
        ("beans", Rgb.Hex(0x7E3B2C)),
        ("lentils", Rgb.Hex(0xD98B3A)),
        ("flour", Rgb.Hex(0xF0EADF)),
        ("soil", Rgb.Hex(0x5A4030)),
        ("pepper", Rgb.Hex(0x3C352E)),
        ("glitter", Rgb.Hex(0xB56FC0)),
    ];

    public static IReadOnlyList<(string Name, Rgb Color)> Spread { get; } =
    [
        ("butter", Rgb.Hex(0xF0D884)),
        ("jam", Rgb.Hex(0xA62B3E)),
        ("peanut butter", Rgb.Hex(0xB98145)),
        ("cream", Rgb.Hex(0xF4F0E6)),
        ("nutella", Rgb.Hex(0x5A3322)),
        ("paint", Rgb.Hex(0x3D6FB5)),
        ("toothpaste", Rgb.Hex(0xB9E0E4)),
        ("ketchup", Rgb.Hex(0xB8261F)),
    ];

    /// <summary>Puts a substance into a container before the clip.</summary>
    public static void FillWith(Director d, Actor vessel, Rgb color, double level)
    {
        vessel[Channel.Fill].Reset(level);
        vessel.Content = color;
    }

    /// <summary>The upper edge of a tilted container over which it pours; side: the one it is tilted to.</summary>
    public static Spot Lip(Actor vessel, int side, double time)
    {
        Pose pose = vessel.At(time);
        double x = side * vessel.Width * 0.46,
            y = vessel.Height * 0.5;
        double c = Num.Cos(pose.Roll),
            s = Num.Sin(pose.Roll);
        return pose.Spot + new Spot((c * x) - (s * y), (s * x) + (c * y), -0.1);
    }
}
