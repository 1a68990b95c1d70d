namespace TaskGrain.Evaluation.Statistics;

/// <summary>
/// Holm's step-down correction (1979): with it, the chance of even one false finding in a family of tests stays below
/// the level. By hand: MathNet.Numerics corrects no families.
/// </summary>
internal static class HolmCorrection
{
    /// <summary>Corrects the p-values of one family.</summary>
    /// <param name="values">The tests' p-values.</param>
    /// <returns>Corrected p-values in the same order, at most 1.</returns>
    public static double[] Correct(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] corrected = new double[values.Count];
        double largest = 0;
        int rank = 0;
        foreach (int i in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            largest = Math.Max(largest, Math.Min(1, values[i] * (values.Count - rank)));
            corrected[i] = largest;
            rank++;
        }

        return corrected;
    }
}
