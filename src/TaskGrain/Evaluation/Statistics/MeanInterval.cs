using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace TaskGrain.Evaluation.Statistics;

/// <summary>A mean over runs and its 95% confidence interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">
/// Half the interval: t × s / √n with the 97.5% point of Student's t for n − 1 degrees of freedom and the sample
/// standard deviation s (divided by n − 1). NaN for a single run, which says nothing about others.
/// </param>
/// <param name="Runs">n.</param>
internal readonly record struct MeanInterval(double Mean, double HalfWidth, int Runs)
{
    /// <summary>Lower end.</summary>
    public double Low => Mean - HalfWidth;

    /// <summary>Upper end.</summary>
    public double High => Mean + HalfWidth;

    /// <summary>Measures runs.</summary>
    /// <param name="values">One value a run, at least one.</param>
    /// <returns>Mean and interval.</returns>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        double mean = values.Average();
        return values.Count == 1
            ? new MeanInterval(mean, double.NaN, 1)
            : new MeanInterval(
                mean,
                StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * StandardError(values),
                values.Count
            );
    }

    /// <summary>The standard error of a mean: s / √n.</summary>
    /// <param name="values">Two values or more.</param>
    internal static double StandardError(IReadOnlyList<double> values) =>
        values.StandardDeviation() / Math.Sqrt(values.Count);
}
