namespace TaskGrain.Synthesis;

/// <summary>
/// The camera's fixed place over a table: a gentle perspective of 2.5 dimensions. World: cm, x to the right, y up,
/// z away from the camera, origin on the table in the middle. Picture: pixels at 240 lines, y down.
/// </summary>
/// <param name="Width">Picture's width in pixels at 240 lines.</param>
/// <param name="Height">Its lines.</param>
/// <param name="Flat">Sine of the downward angle: how much of a depth is seen, 0.3 to 0.75.</param>
/// <param name="PixelsPerCm">At the origin.</param>
/// <param name="OriginX">Where the origin is in the picture.</param>
/// <param name="OriginY">Where the origin is in the picture.</param>
internal sealed record View(
    double Width,
    double Height,
    double Flat,
    double PixelsPerCm,
    double OriginX,
    double OriginY
)
{
    /// <summary>Distance of the camera, cm: the strength of the perspective.</summary>
    private const double Distance = 75;

    public double Tall { get; } = Math.Sqrt(1 - (Flat * Flat));

    /// <summary>Line of the picture where the ground would vanish.</summary>
    public double Horizon => OriginY - (Distance * PixelsPerCm * Flat);

    /// <summary>Size of a thing at depth z beside its size at the origin.</summary>
    public double ScaleAt(double z) => Distance / (Distance + Math.Max(z, -60));

    public (double X, double Y) Project(double x, double y, double z)
    {
        double s = ScaleAt(z);
        return (OriginX + (x * s * PixelsPerCm), Horizon + ((OriginY - Horizon) * s) - (y * s * PixelsPerCm * Tall));
    }

    /// <summary>The place on the table that a pixel shows; false above the horizon.</summary>
    public bool Ground(double px, double py, out double x, out double z)
    {
        double s = (py - Horizon) / (OriginY - Horizon);
        if (s < 0.02)
        {
            x = z = 0;
            return false;
        }

        z = (Distance / s) - Distance;
        x = (px - OriginX) / (s * PixelsPerCm);
        return true;
    }

    /// <summary>Half the picture's width at a depth, cm.</summary>
    public double HalfWidth(double z) => Math.Min(OriginX, Width - OriginX) / (ScaleAt(z) * PixelsPerCm);

    /// <summary>Depth whose ground shows at a line of the picture.</summary>
    public double DepthAtLine(double line) => Ground(OriginX, line, out _, out double z) ? z : 100;
}
