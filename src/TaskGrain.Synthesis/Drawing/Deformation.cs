namespace TaskGrain.Synthesis;

/// <summary>
/// How an object is out of shape at one moment, in its own coordinates (cm, origin at its centre, y up). Applied to
/// every point of its drawing, so that any object can be squeezed, bent, wrung, stretched or pulled apart.
/// </summary>
internal readonly record struct Deformation(
    double Squeeze,
    double Bend,
    double Twist,
    double HalfLength,
    double HalfHeight
)
{
    /// <summary>Cm a unit of the drawing, across and up: figures are drawn on a square from -1 to 1.</summary>
    public (double X, double Y) Unit { get; init; } = (1, 1);

    public bool IsNone => Squeeze == 0 && Bend == 0 && Twist == 0;

    public (double X, double Y) Map(double x, double y)
    {
        x *= Unit.X;
        y *= Unit.Y;
        if (Squeeze != 0)
        {
            // A waist at mid-height, and a little taller.
            double waist = 1 - (Squeeze * 0.55 * Num.Bell(y, 0.55 * HalfHeight));
            x *= waist;
            y *= 1 + (0.1 * Squeeze);
        }

        if (Twist != 0)
        {
            // Wringing along x: thinner in the middle, the edges crossing over.
            double turn = Twist * x / HalfLength;
            y =
                (
                    y
                    * (1 - (0.45 * Math.Min(1, Math.Abs(Twist)) * Num.Bell(x, 0.6 * HalfLength)))
                    * (0.65 + (0.35 * Num.Cos(2.2 * turn)))
                ) + (0.12 * HalfHeight * Num.Sin(3 * turn));
        }

        if (Bend != 0)
        {
            // The middle line becomes an arc of the given whole angle; its middle stays where it is.
            double radius = 2 * HalfLength / Bend;
            double angle = x / radius;
            (x, y) = ((radius + y) * Num.Sin(angle), ((radius + y) * Num.Cos(angle)) - radius);
        }

        return (x / Unit.X, y / Unit.Y);
    }
}
