namespace TaskGrain.Transfer.Courses;

/// <summary>Solves a symmetric positive definite system by Cholesky's decomposition.</summary>
internal static class PositiveSystem
{
    /// <summary>Solves M · X = B.</summary>
    /// <param name="matrix">(n, n), row-major; its lower half is overwritten.</param>
    /// <param name="right">(n, columns), row-major; receives X.</param>
    /// <param name="n">Rows.</param>
    /// <param name="columns">Columns of B.</param>
    public static void Solve(double[] matrix, double[] right, int n, int columns)
    {
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = matrix[(i * n) + j];
                ReadOnlySpan<double> rowI = matrix.AsSpan(i * n, j);
                ReadOnlySpan<double> rowJ = matrix.AsSpan(j * n, j);
                for (int k = 0; k < j; k++)
                {
                    sum -= rowI[k] * rowJ[k];
                }

                matrix[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / matrix[(j * n) + j];
            }
        }

        for (int c = 0; c < columns; c++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = right[(i * columns) + c];
                for (int k = 0; k < i; k++)
                {
                    sum -= matrix[(i * n) + k] * right[(k * columns) + c];
                }

                right[(i * columns) + c] = sum / matrix[(i * n) + i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                double sum = right[(i * columns) + c];
                for (int k = i + 1; k < n; k++)
                {
                    sum -= matrix[(k * n) + i] * right[(k * columns) + c];
                }

                right[(i * columns) + c] = sum / matrix[(i * n) + i];
            }
        }
    }
}
