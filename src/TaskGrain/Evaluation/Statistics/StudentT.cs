namespace TaskGrain.Evaluation.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    private static readonly double[] Lanczos =
    [
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7,
    ];

    /// <summary>Probability that |T| is at least |t|: the two-sided p-value.</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>0 to 1.</returns>
    public static double TwoSided(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        return double.IsInfinity(t) ? 0 : IncompleteBeta(degrees / 2, 0.5, degrees / (degrees + (t * t)));
    }

    /// <summary>
    /// The t that |T| exceeds with probability 1 − <paramref name="confidence"/>: 2.262 for 95% and 9 degrees of
    /// freedom.
    /// </summary>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>A positive number.</returns>
    public static double Critical(double confidence, double degrees)
    {
        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "above 0 and below 1");
        }

        double low = 0;
        double high = 1;
        while (TwoSided(high, degrees) > 1 - confidence)
        {
            high *= 2;
        }

        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = TwoSided(middle, degrees) > 1 - confidence ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>
    /// The regularised incomplete beta function by its continued fraction (Numerical Recipes, section 6.4).
    /// </summary>
    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        double front = Math.Exp(
            LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))
        );
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - (front * Fraction(b, a, 1 - x) / b);
    }

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1;
        double d = 1 / Guard(1 - ((a + b) * x / (a + 1)));
        double result = d;
        for (int m = 1; m < 500; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / Guard(1 + (even * d));
            c = Guard(1 + (even / c));
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Guard(1 + (odd * d));
            c = Guard(1 + (odd / c));
            result *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15)
            {
                break;
            }
        }

        return result;

        static double Guard(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    private static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        x -= 1;
        double sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x + i);
        }

        double t = x + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
