using TaskGrain.Models.Heads;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Models.Heads;

public sealed unsafe class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(5, 13, 7, false)]
    [InlineData(16, 512, 33, false)]
    [InlineData(7, 83, 20, true)]
    [InlineData(130, 13, 16, true)]
    [InlineData(4, 64, 0, false)]
    public void Equals_the_sum_written_out(int m, int n, int k, bool transposed)
    {
        var random = new SeededRandom(3);
        float[] a = Draw(m * k),
            b = Draw(k * n),
            c = Draw(m * n);
        float[] expected = [.. c];
        int aRow = transposed ? 1 : k;
        int aStep = transposed ? m : 1;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int p = 0; p < k; p++)
                {
                    expected[(i * n) + j] += a[(i * aRow) + (p * aStep)] * b[(p * n) + j];
                }
            }
        }

        fixed (
            float* pa = a,
                pb = b,
                pc = c
        )
        {
            MatrixProduct.Accumulate(m, n, k, pa, aRow, aStep, pb, n, pc, n);
        }

        for (int i = 0; i < c.Length; i++)
        {
            Assert.Equal(expected[i], c[i], 1e-4f);
        }

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
