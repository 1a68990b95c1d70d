using MathNet.Numerics.Distributions;
using TaskGrain.Runtime;

namespace TaskGrain.Evaluation.Statistics;

/// <summary>
/// Two series of runs on the same draws, compared draw by draw. The distribution is MathNet's, which has no tests; the
/// sign-flip permutation test is ours.
/// </summary>
internal sealed record PairedTest
{
    private const int MostExact = 16;
    private const int Samples = 100_000;

    /// <summary>Mean of first − second, with its 95% interval.</summary>
    public required MeanInterval Difference { get; init; }

    /// <summary>Two-sided p-value of the paired t-test; 1 where all differences are 0.</summary>
    public required double StudentP { get; init; }

    /// <summary>
    /// Two-sided p-value of the sign-flip permutation test of the mean difference, which needs no normal distribution:
    /// exact (all sign patterns) up to 16 pairs, otherwise from 100,000 random ones.
    /// </summary>
    public required double PermutationP { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="first">One value a draw, at least two.</param>
    /// <param name="second">The values of the same draws in the same order.</param>
    /// <returns>The test.</returns>
    /// <exception cref="ArgumentException">The series differ in length or have fewer than two values.</exception>
    public static PairedTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count < 2)
        {
            throw new ArgumentException(
                $"series of {first.Count} and {second.Count} runs cannot be paired; both need the same number, at "
                    + $"least 2"
            );
        }

        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        return new PairedTest
        {
            Difference = MeanInterval.Of(differences),
            StudentP = Student(differences),
            PermutationP = Permutation(differences),
        };
    }

    private static double Student(double[] differences)
    {
        double mean = differences.Average();
        double error = MeanInterval.StandardError(differences);
        if (error == 0)
        {
            return mean == 0 ? 1 : 0;
        }

        // The lower tail, twice: one minus the upper one would lose the digits of a small p-value.
        return 2 * StudentT.CDF(0, 1, differences.Length - 1, -Math.Abs(mean / error));
    }

    private static double Permutation(double[] differences)
    {
        // Sums that are equal on paper may differ in the last bits.
        double observed = Math.Abs(differences.Sum()) - 1e-12;
        if (differences.Length <= MostExact)
        {
            int patterns = 1 << differences.Length;
            int reached = 0;
            for (int pattern = 0; pattern < patterns; pattern++)
            {
                double sum = 0;
                for (int i = 0; i < differences.Length; i++)
                {
                    sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
                }

                reached += Math.Abs(sum) >= observed ? 1 : 0;
            }

            return (double)reached / patterns;
        }

        var random = new SeededRandom(0);
        int atLeast = 1; // the observed pattern is one of them
        for (int sample = 0; sample < Samples; sample++)
        {
            double sum = 0;
            foreach (double difference in differences)
            {
                sum += random.NextBool() ? difference : -difference;
            }

            atLeast += Math.Abs(sum) >= observed ? 1 : 0;
        }

        return (double)atLeast / (Samples + 1);
    }
}
