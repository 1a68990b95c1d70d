namespace TaskGrain.Synthesis;

/// <summary>Soft shading of the basic bodies.</summary>
internal static class Shading
{
    private static readonly float[] RoundStops = [0f, 0.26f, 0.62f, 1f];
    private static readonly float[] MetalStops = [0f, 0.18f, 0.34f, 0.5f, 0.78f, 1f];
    private static readonly float[] BallStops = [0f, 0.35f, 0.8f, 1f];

    /// <summary>Fills the current path as the side of an upright cylinder that reaches from -r to +r.</summary>
    public static void Cylinder(Painter p, double r, Rgb c, Finish finish, double sun, double alpha = 1)
    {
        double from = sun < 0 ? -r : r;
        if (finish == Finish.Metal)
        {
            p.FillLinear(
                from,
                0,
                -from,
                0,
                [c.Shade(0.7), c.Shade(0.95), c.Shade(1.6), c.Shade(0.8), c.Shade(1.1), c.Shade(0.5)],
                MetalStops,
                alpha
            );
            return;
        }

        double light = finish switch
        {
            Finish.Glossy => 1.34,
            Finish.Glass => 1.5,
            Finish.Soft => 1.1,
            _ => 1.2,
        };
        p.FillLinear(
            from,
            0,
            -from,
            0,
            [c.Shade(0.84), c.Shade(light), c.Shade(0.93), c.Shade(0.6)],
            RoundStops,
            alpha
        );
    }

    /// <summary>Fills the current path as a ball of radius r about (x, y).</summary>
    public static void Ball(Painter p, double x, double y, double r, Rgb c, Finish finish, double sun, double alpha = 1)
    {
        double light = finish switch
        {
            Finish.Glossy => 1.55,
            Finish.Metal => 1.8,
            Finish.Glass => 1.6,
            Finish.Soft => 1.12,
            _ => 1.3,
        };
        p.FillRadial(
            x + (0.36 * r * sun),
            y + (0.4 * r),
            1.5 * r,
            [c.Shade(light), c, c.Shade(0.68), c.Shade(0.5)],
            BallStops,
            alpha
        );
    }

    /// <summary>Fills the current path as a flat face, a little lighter at its upper end.</summary>
    public static void Face(Painter p, double bottom, double top, Rgb c, double alpha = 1) =>
        p.FillLinear(0, bottom, 0, top, [c.Shade(0.9), c.Shade(1.06)], [0f, 1f], alpha);
}
