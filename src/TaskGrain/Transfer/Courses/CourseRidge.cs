using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Courses;

/// <summary>
/// Ridge regression from courses to classes, in terms of products between clips: with a handful of clips of thousands
/// of numbers that is the small side.
/// </summary>
internal static class CourseRidge
{
    /// <summary>Weights of the clips.</summary>
    /// <param name="products">(n, n), the clips' products among themselves, of mean 1 on the diagonal.</param>
    /// <param name="labels">(n).</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ridge">What is added to the diagonal, above 0.</param>
    /// <returns>(n, classes), and the share of each class, which is predicted where nothing speaks.</returns>
    public static (double[] Weights, double[] Shares) Solve(
        double[] products,
        IReadOnlyList<int> labels,
        int classes,
        double ridge
    )
    {
        int n = labels.Count;
        double[] shares = new double[classes];
        foreach (int label in labels)
        {
            shares[label] += 1.0 / n;
        }

        double[] matrix = [.. products];
        double[] targets = new double[n * classes];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] += ridge;
            for (int c = 0; c < classes; c++)
            {
                targets[(i * classes) + c] = (labels[i] == c ? 1 : 0) - shares[c];
            }
        }

        PositiveSystem.Solve(matrix, targets, n, classes);
        return (targets, shares);
    }

    /// <summary>What is predicted for clips, before the softmax.</summary>
    /// <param name="products">(rows, n), of the clips with those that were learned from.</param>
    /// <param name="fit">What <see cref="Solve"/> gave.</param>
    /// <returns>(rows, classes); about 1 for the class that is meant and 0 for the others.</returns>
    public static double[][] Predict(double[] products, (double[] Weights, double[] Shares) fit)
    {
        int classes = fit.Shares.Length;
        int n = fit.Weights.Length / classes;
        double[][] rows = new double[products.Length / n][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = [.. fit.Shares];
            for (int i = 0; i < n; i++)
            {
                for (int c = 0; c < classes; c++)
                {
                    rows[row][c] += products[(row * n) + i] * fit.Weights[(i * classes) + c];
                }
            }
        }

        return rows;
    }

    /// <summary>Probabilities of what was predicted.</summary>
    /// <param name="values">One a class.</param>
    /// <param name="temperature">How far apart two values must be to matter.</param>
    public static float[] Probabilities(double[] values, double temperature)
    {
        float[] row = [.. values.Select(value => (float)(value / temperature))];
        Softmax.Apply(row);
        return row;
    }
}
