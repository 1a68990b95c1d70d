namespace TaskGrain.Synthesis;

/// <summary>
/// The few functions the generator needs, from IEEE additions and multiplications alone: the C library's sine may
/// differ in its last bit between systems, and annotations must be byte-identical anywhere.
/// </summary>
internal static class Num
{
    public const double Tau = 2 * Math.PI;

    /// <summary>Sine to about 1e-9.</summary>
    public static double Sin(double x)
    {
        x -= Math.Round(x / Tau) * Tau;
        if (x > Math.PI / 2)
        {
            x = Math.PI - x;
        }
        else if (x < -Math.PI / 2)
        {
            x = -Math.PI - x;
        }

        double q = x * x;
        return x
            * (
                1
                + (
                    q
                    * (
                        (-1.0 / 6)
                        + (
                            q
                            * (
                                (1.0 / 120)
                                + (
                                    q
                                    * (
                                        (-1.0 / 5040)
                                        + (q * ((1.0 / 362880) + (q * ((-1.0 / 39916800) + (q / 6227020800.0)))))
                                    )
                                )
                            )
                        )
                    )
                )
            );
    }

    public static double Cos(double x) => Sin(x + (Math.PI / 2));

    public static double Lerp(double a, double b, double u) => a + ((b - a) * u);

    /// <summary>0 to 1 with no speed at either end.</summary>
    public static double Smooth(double u) => u * u * (3 - (2 * u));

    public static double Clamp01(double u) => Math.Clamp(u, 0, 1);

    /// <summary>A bell: 1 at 0, falling off over <paramref name="width"/>.</summary>
    public static double Bell(double x, double width) => 1 / (1 + (x * x / (width * width)));
}
