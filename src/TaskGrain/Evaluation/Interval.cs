namespace TaskGrain.Evaluation;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    // The 97.5% point of the standard normal distribution, for intervals of 95%.
    private const double Z95 = 1.959963984540054;

    /// <summary>
    /// The 95% Wilson score interval of a proportion (Wilson 1927): sensible for few samples and near 0 and 1, where
    /// the textbook interval is not. Over no samples it is everything from 0 to 1. By hand: MathNet.Numerics has none.
    /// </summary>
    /// <param name="successes">
    /// Samples that were right; the mean number where the same samples were tested several times.
    /// </param>
    /// <param name="trials">All samples.</param>
    /// <returns>Proportions in [0, 1].</returns>
    public static Interval Wilson(double successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
        {
            return new Interval(0, 1);
        }

        double n = trials;
        double p = successes / n;
        double z2 = Z95 * Z95;
        double centre = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = Z95 / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));

        // At the ends the formula gives 0 and 1 exactly; rounding would leave -1e-17.
        return new Interval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
