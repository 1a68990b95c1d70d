using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>What the processor could do at best, in GFLOP/s, on all threads in use.</summary>
/// <param name="Gigahertz">Clock measured under load on one core.</param>
/// <param name="Float32">Two vector multiply-adds a cycle and core.</param>
/// <param name="BFloat16">
/// Products of AMX's tiles, or where there are none the same with pairs of bfloat16; null where there is neither.
/// </param>
/// <param name="MatrixFloat32">What libtorch reaches on large matrices.</param>
/// <param name="MatrixBFloat16">The same in bfloat16.</param>
internal sealed record ProcessorPeak(
    double Gigahertz,
    double Float32,
    double? BFloat16,
    double MatrixFloat32,
    double MatrixBFloat16
)
{
    /// <summary>
    /// Operations of AMX a cycle and core: a tile of 16 rows of 32 numbers times one of 32 rows of 16, every 16 cycles.
    /// </summary>
    private const int AmxOperations = 2 * 16 * 32 * 16 / 16;

    /// <summary>Measures the clock and the matrix products; takes about a second.</summary>
    public static ProcessorPeak Measure()
    {
        double gigahertz = Clock();
        int lanes =
            Avx512F.IsSupported ? 16
            : Avx.IsSupported ? 8
            : 4;
        double float32 = get_num_threads() * gigahertz * 2 * lanes * 2;
        return new ProcessorPeak(
            gigahertz,
            float32,
            ProcessorFeatures.Amx ? get_num_threads() * gigahertz * AmxOperations
                : ProcessorFeatures.BFloat16 ? 2 * float32
                : null,
            Matrices(ScalarType.Float32),
            Matrices(ScalarType.BFloat16)
        );
    }

    // Each multiplication waits for the one before, three cycles on every x86 of the last fifteen years.
    private static double Clock()
    {
        const int Count = 30_000_000;
        const double Latency = 3;
        double best = 0;
        for (int round = 0; round < 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            long product = Chain(start | 1, Count);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, product == 0 ? 0 : Count * Latency / seconds / 1e9);
        }

        return best;
    }

    [System.Runtime.CompilerServices.MethodImpl(
        System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization
    )]
    private static long Chain(long product, int count)
    {
        for (int i = 0; i < count; i += 4)
        {
            product *= product;
            product *= product;
            product *= product;
            product *= product;
        }

        return product;
    }

    private static double Matrices(ScalarType type)
    {
        const int Side = 2048;
        using var scope = NewDisposeScope();
        Tensor a = ones(Side, Side, type);
        Tensor b = ones(Side, Side, type);
        double best = 0;
        for (int round = 0; round < 8; round++)
        {
            long start = Stopwatch.GetTimestamp();
            using Tensor product = a.mm(b);
            best = Math.Max(best, 2.0 * Side * Side * Side / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }
}
