using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>Draws rooms. The same distribution serves every category, so that the background tells nothing.</summary>
internal static class Stages
{
    private static readonly TableTexture[] Home =
    [
        TableTexture.Wood,
        TableTexture.Wood,
        TableTexture.DarkWood,
        TableTexture.Marble,
        TableTexture.Checks,
        TableTexture.Stripes,
        TableTexture.Carpet,
        TableTexture.Carpet,
        TableTexture.Plain,
        TableTexture.Plain,
        TableTexture.Tiles,
        TableTexture.Linen,
        TableTexture.Linen,
        TableTexture.Granite,
    ];

    private static readonly TableTexture[] Kitchen =
    [
        TableTexture.Steel,
        TableTexture.Mosaic,
        TableTexture.Terrazzo,
        TableTexture.Block,
    ];

    /// <param name="random">The clip's own stream for the room.</param>
    /// <param name="view">The camera.</param>
    /// <param name="kitchen">The kitchenware world's rooms.</param>
    /// <param name="edge">0: any; -1, +1: the table must end in the picture at the left or right.</param>
    public static Stage Draw(SeededRandom random, View view, bool kitchen, int edge)
    {
        TableTexture texture = random.Pick(kitchen ? Kitchen : Home);
        var (table, second) = Colors(random, texture);
        double half = view.HalfWidth(0);
        int side = random.NextBool(0.5) ? (random.NextBool() ? 1 : -1) : 0;
        double reach = random.NextDouble(0.6, 0.74);
        if (edge != 0)
        {
            side = edge;
        }

        bool back = random.NextBool(kitchen ? 0.8 : 0.5),
            front = random.NextBool(0.3);
        double warm = random.NextDouble(-0.09, 0.09),
            bright = random.NextDouble(0.86, 1.06);
        return new Stage
        {
            Texture = texture,
            Table = table,
            TableSecond = second,
            Wall = Tone(random, 0.25, 0.85, 0.12),
            Floor = Tone(random, 0.18, 0.6, 0.1),
            Left = side < 0 ? -half * reach : double.NegativeInfinity,
            Right = side > 0 ? half * reach : double.PositiveInfinity,
            Front = front ? view.DepthAtLine(view.Height * random.NextDouble(0.93, 0.97)) : double.NegativeInfinity,
            Back = back ? Math.Max(12, view.DepthAtLine(view.Height * random.NextDouble(0.12, 0.3))) : 90,
            Seed = random.NextUInt64(),
            Grain = texture is TableTexture.Checks or TableTexture.Tiles or TableTexture.Mosaic
                ? random.NextDouble(-0.3, 0.3)
                : random.NextDouble(-0.5, 0.5) + (random.NextBool(0.3) ? Math.PI / 2 : 0),
            GrainScale = random.NextDouble(0.75, 1.4),
            Sun = random.NextBool() ? 1 : -1,
            Light = (bright * (1 + warm), bright, bright * (1 - warm)),
            Unevenness = random.NextDouble(0.05, 0.35),
            Band = random.NextBool(0.25) ? random.NextDouble() : -1,
            Shadow = random.NextDouble(0.22, 0.5),
            Noise = random.NextInt(4),
            Blur = random.NextBool(0.25) ? 1 : 0,
        };
    }

    /// <summary>The same room under surfaces of any colours and patterns.</summary>
    /// <param name="stage">The room.</param>
    /// <param name="random">The clip's own stream for it.</param>
    /// <param name="strength">0 none to 1: every room.</param>
    public static Stage Vary(Stage stage, SeededRandom random, double strength) =>
        random.NextBool(strength)
            ? stage with
            {
                Texture = random.Pick<TableTexture>([.. Home, .. Kitchen]),
                Table = Rgb.Any(random),
                TableSecond = Rgb.Any(random),
                Wall = Rgb.Any(random),
                Floor = Rgb.Any(random),
                Grain = random.NextDouble(0, Math.PI),
                GrainScale = random.NextDouble(0.35, 3),
                Unevenness = random.NextDouble(0, 0.9),
                Shadow = random.NextDouble(0, 0.6),
            }
            : stage;

    private static (Rgb Table, Rgb Second) Colors(SeededRandom random, TableTexture texture)
    {
        (int A, int B) pair = texture switch
        {
            TableTexture.Wood => random.Pick<(int, int)>([
                (0xC8975E, 0x9C6B3A),
                (0xD9B583, 0xB88A55),
                (0xB9814C, 0x8A5A30),
                (0xCFA878, 0xA87D4E),
            ]),
            TableTexture.DarkWood => random.Pick<(int, int)>([
                (0x6E4529, 0x472A18),
                (0x5A3B28, 0x38231A),
                (0x7C5032, 0x552F1B),
            ]),
            TableTexture.Marble => random.Pick<(int, int)>([
                (0xE2DFD9, 0x9C9A97),
                (0xC9C4BB, 0x86817A),
                (0x4A4B4F, 0x8B8D92),
            ]),
            TableTexture.Checks => random.Pick<(int, int)>([
                (0xE9E3D8, 0xB84B45),
                (0xE6E6E2, 0x4F76A8),
                (0xEAE2C8, 0x5E9468),
                (0xDCD6CC, 0x77706A),
            ]),
            TableTexture.Stripes => random.Pick<(int, int)>([
                (0xDDD5C3, 0x7892A8),
                (0xC9B79A, 0x8B5E4A),
                (0xE3E0D8, 0x8A9B72),
            ]),
            TableTexture.Carpet => random.Pick<(int, int)>([
                (0x9C8272, 0x7B5E55),
                (0x8C8B88, 0x6D6F72),
                (0x7F6A58, 0x9B8468),
                (0x5F6E7E, 0x4A5564),
                (0xB3A48C, 0x94836B),
            ]),
            TableTexture.Tiles => random.Pick<(int, int)>([
                (0xD8D0C2, 0x9D968A),
                (0xB9C1C4, 0x868D90),
                (0xC9AE8E, 0x94795C),
            ]),
            TableTexture.Linen => random.Pick<(int, int)>([
                (0xD8CFC0, 0xB8AC98),
                (0x8FA0B5, 0x70829A),
                (0xB78E96, 0x9A6F78),
                (0xE5E2DB, 0xC6C2B8),
                (0x74876F, 0x5A6C56),
            ]),
            TableTexture.Granite => random.Pick<(int, int)>([
                (0x6C6A69, 0x3D3C3E),
                (0xA79C8E, 0x6F6459),
                (0x4A4F52, 0x7F858A),
            ]),
            TableTexture.Steel => random.Pick<(int, int)>([(0xA6ACB1, 0x8B9196), (0xB9BDC0, 0x9CA1A5)]),
            TableTexture.Mosaic => random.Pick<(int, int)>([
                (0x5F9EA8, 0x8CC1C4),
                (0xC77B58, 0xE0A886),
                (0x6E8B5C, 0x9DB487),
            ]),
            TableTexture.Terrazzo => random.Pick<(int, int)>([(0xDCD6CB, 0xB36A50), (0xC9CFCB, 0x54706A)]),
            TableTexture.Block => random.Pick<(int, int)>([(0xD8A565, 0xB47C40), (0xC68E52, 0x8E5B2E)]),
            _ => random.Pick<(int, int)>([
                (0xDAD6CF, 0),
                (0xE9E7E3, 0),
                (0x3E3F44, 0),
                (0xA9C0C9, 0),
                (0xC7A98B, 0),
                (0x7C5446, 0),
                (0x9DA98C, 0),
            ]),
        };
        return (Rgb.Hex(pair.A), Rgb.Hex(pair.B));
    }

    private static Rgb Tone(SeededRandom random, double low, double high, double colour)
    {
        double v = random.NextDouble(low, high);
        return new Rgb(Part(), Part(), Part());

        byte Part() => (byte)Math.Clamp(255 * (v + random.NextDouble(-colour, colour)), 20, 245);
    }
}
