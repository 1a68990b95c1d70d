using TaskGrain.Runtime;

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
    /// the textbook interval is not. Over no samples it is everything from 0 to 1.
    /// </summary>
    /// <param name="successes">Samples that were right.</param>
    /// <param name="trials">All samples.</param>
    /// <returns>Proportions in [0, 1].</returns>
    public static Interval Wilson(long successes, long trials)
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

    /// <summary>
    /// The 95% percentile bootstrap interval of a mean (Efron 1979), for scores a sample that are no proportions.
    /// </summary>
    /// <param name="values">One value a sample, at least one.</param>
    /// <param name="seed">Fixes the resamples.</param>
    /// <param name="resamples">Resamples drawn.</param>
    /// <returns>In the unit of the values.</returns>
    public static Interval BootstrapMean(ReadOnlySpan<double> values, ulong seed = 1, int resamples = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var random = new SeededRandom(seed);
        var means = new double[resamples];
        for (int r = 0; r < resamples; r++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                sum += values[random.NextInt(values.Length)];
            }

            means[r] = sum / values.Length;
        }

        Array.Sort(means);
        return new Interval(Quantile(means, 0.025), Quantile(means, 0.975));
    }

    // Linear interpolation between order statistics (type 7 of Hyndman and Fan).
    private static double Quantile(double[] sorted, double q)
    {
        double at = q * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
