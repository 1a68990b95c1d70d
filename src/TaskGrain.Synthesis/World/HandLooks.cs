using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>Draws the people whose hands are seen.</summary>
internal static class HandLooks
{
    private static readonly int[] Skins =
    [
        0xF1CDB4,
        0xE8B996,
        0xDCA47E,
        0xC98B63,
        0xB0744C,
        0x8E5A3A,
        0x6E452D,
        0xEBC2A4,
    ];
    private static readonly int[] Sleeves =
    [
        0x2E3A52,
        0x7A7F86,
        0x2A2A2E,
        0x8A3B3B,
        0x4C6B58,
        0xC9C3B6,
        0x5B4B7A,
        0xD0A24C,
        0x3E6E94,
        0x6B4A36,
    ];
    private static readonly int[] KitchenSleeves = [0xF2EFE8, 0xC7D6DF, 0x9C2F3D, 0x3C4B3A, 0xE0C7A0];
    private static readonly int[] Gloves = [0x7FB7D6, 0xE6E4E0, 0xE7B84A];

    /// <summary>Another person's hand: any skin between and beyond the usual, any sleeve, any size.</summary>
    /// <param name="look">The usual person.</param>
    /// <param name="random">The clip's own stream for it.</param>
    /// <param name="strength">0 none to 1.</param>
    public static HandLook Vary(HandLook look, SeededRandom random, double strength)
    {
        Rgb skin = Rgb.Hex(random.Pick(Skins)).Mix(Rgb.Hex(random.Pick(Skins)), random.NextDouble());
        Rgb lit = skin.Lit(Part(), Part(), Part());
        return look with
        {
            Skin = look.Skin.Mix(lit, strength),
            Sleeve =
                random.NextDouble() < 0.4 * strength ? null
                : random.NextBool(strength) ? Rgb.Any(random)
                : look.Sleeve,
            Size = look.Size * Math.Exp(strength * random.NextDouble(-0.25, 0.5)),
        };

        double Part() => random.NextDouble(0.75, 1.2);
    }

    public static HandLook Draw(SeededRandom random, bool kitchen)
    {
        double which = random.NextDouble();
        var look = new HandLook
        {
            Skin = Rgb.Hex(random.Pick(Skins)),
            Sleeve = which < 0.35 ? null : Rgb.Hex(random.Pick(kitchen ? KitchenSleeves : Sleeves)),
            CuffAt = which < 0.7 ? random.NextDouble(0.5, 4) : random.NextDouble(4, 12),
            StripedSleeve = random.NextBool(0.22),
            Nails = random.NextBool(0.2)
                ? Rgb.Hex(random.Pick<int>([0xB3273A, 0x7E3F8F, 0xE58AA5, 0x2F4F8F, 0x3A3A3E]))
                : null,
            Watch = random.NextBool(0.14),
            Ring = random.NextBool(0.15),
            Size = random.NextDouble(0.66, 0.8),
        };
        return kitchen && random.NextBool(0.3)
            ? look with
            {
                Gloved = true,
                Skin = Rgb.Hex(random.Pick(Gloves)),
                Nails = null,
                Ring = false,
            }
            : look;
    }
}
