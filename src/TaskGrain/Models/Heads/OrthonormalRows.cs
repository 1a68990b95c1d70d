using System.Numerics;
using System.Runtime.InteropServices;

namespace TaskGrain.Models.Heads;

/// <summary>Gram-Schmidt on the rows of a matrix, twice over for accuracy.</summary>
internal static class OrthonormalRows
{
    private const double Negligible = 1e-5;

    /// <summary>Makes the rows orthonormal in place; a row that depends on those before it becomes zero.</summary>
    public static void Make(float[] matrix, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = matrix.AsSpan(i * columns, columns);
            double before = Math.Sqrt(Dot(row, row));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<float> other = matrix.AsSpan(j * columns, columns);
                    Subtract(row, other, Dot(row, other));
                }
            }

            double after = Math.Sqrt(Dot(row, row));
            float scale = after > before * Negligible ? (float)(1 / after) : 0;
            foreach (ref float value in row)
            {
                value *= scale;
            }
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        ReadOnlySpan<Vector<float>> wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            sum += wideA[i] * wideB[i];
        }

        float total = Vector.Sum(sum);
        for (int i = wideA.Length * Vector<float>.Count; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }

    private static void Subtract(Span<float> from, ReadOnlySpan<float> row, float factor)
    {
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(from);
        ReadOnlySpan<Vector<float>> wideRow = MemoryMarshal.Cast<float, Vector<float>>(row);
        var wideFactor = new Vector<float>(factor);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] -= wideRow[i] * wideFactor;
        }

        for (int i = wide.Length * Vector<float>.Count; i < from.Length; i++)
        {
            from[i] -= row[i] * factor;
        }
    }
}
