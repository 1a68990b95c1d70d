namespace TaskGrain.Synthesis;

/// <summary>Furniture of a few scripts, never named and never cast: a plain board, a slope.</summary>
internal static class Props
{
    /// <summary>A flat board.</summary>
    public static ObjectKind Board { get; } =
        Boxes.Make(
            "board",
            19,
            1.3,
            11,
            Affordance.Support | Affordance.Graspable,
            ["board"],
            Palette.Of((null, 0xB98A55), (null, 0xE4E0D6), (null, 0x7F8B93), (null, 0x4B5A6B)),
            0,
            new()
        );

    /// <summary>A board that leans on a block: it rises from the left to the right.</summary>
    public static ObjectKind Slope { get; } =
        new()
        {
            Name = "slope",
            Sprite = new SlopeSprite(),
            Width = 25,
            Height = 9,
            Depth = 10,
            Can = Affordance.Graspable,
            Nouns = ["slope"],
            Colors = Palette.Of(
                (null, 0xB98A55),
                (null, 0xE4E0D6),
                (null, 0x7F8B93),
                (null, 0x4B5A6B),
                (null, 0xC9B79A)
            ),
            Weight = 0,
        };

    private sealed class SlopeSprite : Sprite
    {
        public override void DrawFront(Painter painter, in SpriteView view)
        {
            double w = view.Width / 2,
                h = view.Height * view.Tall / 2,
                d = view.Depth * view.Flat / 2;
            Rgb c = view.Look.Main;
            // The block below the high end.
            painter.Polygon(0.45 * w, -h - (0.5 * d), 0.85 * w, -h - (0.5 * d), 0.85 * w, 0.62 * h, 0.45 * w, 0.34 * h);
            painter.Fill(view.Look.Accent.Shade(0.6));
            painter.Polygon(-w, -h - d, w, h - d, w, h + d, -w, -h + d);
            painter.FillLinear(-w, -h, w, h, [c.Shade(0.9), c.Shade(1.14)], [0f, 1f]);
            painter.Polygon(-w, -h - d, w, h - d, w, h - d - 0.8, -w, -h - d - 0.5);
            painter.Fill(c.Shade(0.62));
        }
    }
}
