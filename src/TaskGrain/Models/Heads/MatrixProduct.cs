using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Heads;

/// <summary>
/// Dense products for the few-shot heads. Their matrices are small (16 rows, some 200 columns), where a parallel
/// library call costs more in waking threads than in arithmetic; here every replica of a head runs on one thread
/// from start to end, and the result does not depend on the number of threads.
/// </summary>
internal static unsafe class MatrixProduct
{
    private const int Lanes = 16;
    private const int PanelWidth = 4 * Lanes;

    /// <summary>
    /// C(m, n) += A(m, k) · B(k, n). B and C are row-major; A's element (i, p) lies at <c>i·aRow + p·aStep</c>, so A
    /// may be a transposed matrix.
    /// </summary>
    public static void Accumulate(
        int m,
        int n,
        int k,
        float* a,
        int aRow,
        int aStep,
        float* b,
        int bRow,
        float* c,
        int cRow
    )
    {
        int j = 0;
        for (; j + PanelWidth <= n; j += PanelWidth)
        {
            int i = 0;
            for (; i + 4 <= m; i += 4)
            {
                Tile4x4(k, a + (i * aRow), aRow, aStep, b + j, bRow, c + (i * cRow) + j, cRow);
            }

            for (; i < m; i++)
            {
                Tile1x4(k, a + (i * aRow), aStep, b + j, bRow, c + (i * cRow) + j);
            }
        }

        for (; j + Lanes <= n; j += Lanes)
        {
            NarrowPanel(m, k, a, aRow, aStep, b + j, bRow, c + j, cRow);
        }

        if (j < n)
        {
            LastColumns(m, n - j, k, a, aRow, aStep, b + j, bRow, c + j, cRow);
        }
    }

    /// <summary>Writes the transpose of A(m, n), row-major, to B(n, m).</summary>
    public static void Transpose(int m, int n, float* a, int aRow, float* b, int bRow)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                b[(j * bRow) + i] = a[(i * aRow) + j];
            }
        }
    }

    private static void Tile4x4(int k, float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow)
    {
        float* c1 = c + cRow;
        float* c2 = c1 + cRow;
        float* c3 = c2 + cRow;
        Vector512<float> s00 = Vector512.Load(c),
            s01 = Vector512.Load(c + 16),
            s02 = Vector512.Load(c + 32),
            s03 = Vector512.Load(c + 48);
        Vector512<float> s10 = Vector512.Load(c1),
            s11 = Vector512.Load(c1 + 16),
            s12 = Vector512.Load(c1 + 32),
            s13 = Vector512.Load(c1 + 48);
        Vector512<float> s20 = Vector512.Load(c2),
            s21 = Vector512.Load(c2 + 16),
            s22 = Vector512.Load(c2 + 32),
            s23 = Vector512.Load(c2 + 48);
        Vector512<float> s30 = Vector512.Load(c3),
            s31 = Vector512.Load(c3 + 16),
            s32 = Vector512.Load(c3 + 32),
            s33 = Vector512.Load(c3 + 48);
        for (int p = 0; p < k; p++)
        {
            Vector512<float> b0 = Vector512.Load(b),
                b1 = Vector512.Load(b + 16),
                b2 = Vector512.Load(b + 32),
                b3 = Vector512.Load(b + 48);
            var x = Vector512.Create(a[0]);
            s00 = Vector512.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(x, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(x, b3, s03);
            x = Vector512.Create(a[aRow]);
            s10 = Vector512.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(x, b2, s12);
            s13 = Vector512.FusedMultiplyAdd(x, b3, s13);
            x = Vector512.Create(a[2 * aRow]);
            s20 = Vector512.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(x, b2, s22);
            s23 = Vector512.FusedMultiplyAdd(x, b3, s23);
            x = Vector512.Create(a[3 * aRow]);
            s30 = Vector512.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(x, b2, s32);
            s33 = Vector512.FusedMultiplyAdd(x, b3, s33);
            a += aStep;
            b += bRow;
        }

        s00.Store(c);
        s01.Store(c + 16);
        s02.Store(c + 32);
        s03.Store(c + 48);
        s10.Store(c1);
        s11.Store(c1 + 16);
        s12.Store(c1 + 32);
        s13.Store(c1 + 48);
        s20.Store(c2);
        s21.Store(c2 + 16);
        s22.Store(c2 + 32);
        s23.Store(c2 + 48);
        s30.Store(c3);
        s31.Store(c3 + 16);
        s32.Store(c3 + 32);
        s33.Store(c3 + 48);
    }

    private static void Tile1x4(int k, float* a, int aStep, float* b, int bRow, float* c)
    {
        Vector512<float> s0 = Vector512.Load(c),
            s1 = Vector512.Load(c + 16),
            s2 = Vector512.Load(c + 32),
            s3 = Vector512.Load(c + 48);
        for (int p = 0; p < k; p++)
        {
            var x = Vector512.Create(a[0]);
            s0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), s0);
            s1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 16), s1);
            s2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 32), s2);
            s3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 48), s3);
            a += aStep;
            b += bRow;
        }

        s0.Store(c);
        s1.Store(c + 16);
        s2.Store(c + 32);
        s3.Store(c + 48);
    }

    private static void NarrowPanel(int m, int k, float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow)
    {
        int i = 0;
        for (; i + 4 <= m; i += 4)
        {
            Tile4x1(k, a + (i * aRow), aRow, aStep, b, bRow, c + (i * cRow), cRow);
        }

        for (; i < m; i++)
        {
            float* row = a + (i * aRow);
            float* at = b;
            var sum = Vector512.Load(c + (i * cRow));
            for (int p = 0; p < k; p++, row += aStep, at += bRow)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(*row), Vector512.Load(at), sum);
            }

            sum.Store(c + (i * cRow));
        }
    }

    private static void Tile4x1(int k, float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow)
    {
        Vector512<float> s0 = Vector512.Load(c),
            s1 = Vector512.Load(c + cRow);
        Vector512<float> s2 = Vector512.Load(c + (2 * cRow)),
            s3 = Vector512.Load(c + (3 * cRow));
        for (int p = 0; p < k; p++)
        {
            var row = Vector512.Load(b);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), row, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[aRow]), row, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2 * aRow]), row, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(a[3 * aRow]), row, s3);
            a += aStep;
            b += bRow;
        }

        s0.Store(c);
        s1.Store(c + cRow);
        s2.Store(c + (2 * cRow));
        s3.Store(c + (3 * cRow));
    }

    /// <summary>Fewer than 16 columns: padded copies of B and C go through the same arithmetic.</summary>
    private static void LastColumns(
        int m,
        int columns,
        int k,
        float* a,
        int aRow,
        int aStep,
        float* b,
        int bRow,
        float* c,
        int cRow
    )
    {
        float[] padded = System.Buffers.ArrayPool<float>.Shared.Rent((k + m) * Lanes);
        Array.Clear(padded, 0, (k + m) * Lanes);
        fixed (float* b16 = padded)
        {
            float* c16 = b16 + (k * Lanes);
            Copy(k, columns, b, bRow, b16, Lanes);
            Copy(m, columns, c, cRow, c16, Lanes);
            NarrowPanel(m, k, a, aRow, aStep, b16, Lanes, c16, Lanes);
            Copy(m, columns, c16, Lanes, c, cRow);
        }

        System.Buffers.ArrayPool<float>.Shared.Return(padded);
    }

    private static void Copy(int rows, int columns, float* from, int fromRow, float* to, int toRow)
    {
        for (int i = 0; i < rows; i++)
        {
            new ReadOnlySpan<float>(from + (i * fromRow), columns).CopyTo(new Span<float>(to + (i * toRow), columns));
        }
    }
}
