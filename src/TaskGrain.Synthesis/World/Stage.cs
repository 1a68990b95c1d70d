namespace TaskGrain.Synthesis;

/// <summary>What a table is covered with.</summary>
internal enum TableTexture
{
    Wood,
    DarkWood,
    Marble,
    Checks,
    Stripes,
    Carpet,
    Plain,
    Tiles,
    Linen,
    Granite,

    /// <summary>Kitchenware world: steel worktop.</summary>
    Steel,

    /// <summary>Kitchenware world: small square tiles.</summary>
    Mosaic,

    /// <summary>Kitchenware world: speckled stone.</summary>
    Terrazzo,

    /// <summary>Kitchenware world: butcher's block.</summary>
    Block,
}

/// <summary>The room: table, what is behind it, light.</summary>
internal sealed record Stage
{
    public required TableTexture Texture { get; init; }

    public required Rgb Table { get; init; }

    public required Rgb TableSecond { get; init; }

    public required Rgb Wall { get; init; }

    public required Rgb Floor { get; init; }

    /// <summary>Edges of the table, cm; infinite where it reaches beyond the picture.</summary>
    public required double Left { get; init; }

    public required double Right { get; init; }

    public required double Front { get; init; }

    public required double Back { get; init; }

    /// <summary>Seed of the texture.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Turn of the texture, radians.</summary>
    public double Grain { get; init; }

    public double GrainScale { get; init; } = 1;

    /// <summary>-1: light from the left, +1: from the right.</summary>
    public double Sun { get; init; } = -1;

    /// <summary>Colour of the light.</summary>
    public (double R, double G, double B) Light { get; init; } = (1, 1, 1);

    /// <summary>0 to 1: how uneven the light is over the picture.</summary>
    public double Unevenness { get; init; }

    /// <summary>A band of sunlight or shade over the table: its place (0 to 1) or negative for none.</summary>
    public double Band { get; init; } = -1;

    /// <summary>Strength of shadows on the table.</summary>
    public double Shadow { get; init; } = 0.35;

    /// <summary>Grey levels of sensor noise.</summary>
    public int Noise { get; init; }

    /// <summary>Softness of the lens: 0 sharp, 1 one smoothing pass, 2 two.</summary>
    public int Blur { get; init; }
}
