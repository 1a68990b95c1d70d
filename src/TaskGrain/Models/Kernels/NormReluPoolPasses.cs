using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// The passes of batch norm, ReLU and max pooling over a map. Each reads the map once; nothing between the
/// convolution's
/// output and the block's output is stored, in the backward direction it is computed again.
/// </summary>
/// <typeparam name="TFormat">The map's number format.</typeparam>
internal static unsafe class NormReluPoolPasses<TFormat>
    where TFormat : IMapFormat
{
    private const int Lanes = ChannelTable<TFormat>.Lanes;
    private const int Half = Lanes / 2;

    /// <summary>
    /// Sums of value - pivot and of its square, for positions [first, end) of all frames taken together.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Statistics(void* argument, int part, long first, long end)
    {
        NormReluPoolJob job = *(NormReluPoolJob*)argument;
        float* recent = stackalloc float[2 * job.Places];
        var sums = new ChannelSums(job.Totals + (2L * part * job.Places), recent, job.Places);
        long step = (long)job.Channels * TFormat.Size;

        // Blocks that stay in the first cache while every group of channels goes over them.
        const int Block = 64;
        for (long at = first; at < end; at += Block)
        {
            int count = (int)Math.Min(Block, end - at);
            for (int c = 0; c < job.Places; c += Lanes)
            {
                byte* source = job.Map + (at * step) + ChannelTable<TFormat>.Bytes(c);
                Vector256<float> pivotA = Vector256.Load(job.Pivot + c);
                Vector256<float> pivotB = Vector256.Load(job.Pivot + c + Half);
                Vector256<float> sumA = default,
                    sumB = default,
                    squareA = default,
                    squareB = default;
                for (int i = 0; i < count; i++, source += step)
                {
                    Prefetch.Along(source);
                    TFormat.Load(source, out Vector256<float> a, out Vector256<float> b);
                    a -= pivotA;
                    b -= pivotB;
                    sumA += a;
                    sumB += b;
                    squareA = Vector256.FusedMultiplyAdd(a, a, squareA);
                    squareB = Vector256.FusedMultiplyAdd(b, b, squareB);
                }

                sums.Add(c, sumA, squareA);
                sums.Add(c + Half, sumB, squareB);
            }

            sums.Count(count);
        }

        sums.Flush();
    }

    /// <summary>Writes the block's output for rows [first, end) of the pooled frames.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(void* argument, int part, long first, long end)
    {
        NormReluPoolJob job = *(NormReluPoolJob*)argument;
        long step = (long)job.Channels * TFormat.Size;
        for (long row = first; row < end; row++)
        {
            byte* source = job.Map + (SourceRow(job, row) * job.Width * step);
            byte* target = job.Pooled + (row * job.PooledWidth * step);
            for (int x = 0; x < job.PooledWidth; x++, source += job.Side * step, target += step)
            {
                for (int c = 0; c < job.Places; c += Lanes)
                {
                    byte* at = source + ChannelTable<TFormat>.Bytes(c);
                    Prefetch.Rows(at, job, step);
                    Values(job, at, c, out Vector256<float> a, out Vector256<float> b);
                    if (job.Side == 2)
                    {
                        Values(job, at + step, c, out Vector256<float> a1, out Vector256<float> b1);
                        Values(job, at + (job.Width * step), c, out Vector256<float> a2, out Vector256<float> b2);
                        Values(job, at + ((job.Width + 1) * step), c, out Vector256<float> a3, out Vector256<float> b3);
                        a = Vector256.MaxNative(Vector256.MaxNative(a, a1), Vector256.MaxNative(a2, a3));
                        b = Vector256.MaxNative(Vector256.MaxNative(b, b1), Vector256.MaxNative(b2, b3));
                    }

                    TFormat.Store(
                        target + ChannelTable<TFormat>.Bytes(c),
                        Vector256.MaxNative(Vector256<float>.Zero, a),
                        Vector256.MaxNative(Vector256<float>.Zero, b)
                    );
                }
            }
        }
    }

    /// <summary>First row of the map that belongs to a row of the pooled frames.</summary>
    public static long SourceRow(in NormReluPoolJob job, long row) =>
        (row / job.PooledHeight * job.Height) + (row % job.PooledHeight * job.Side);

    /// <summary>Normalised values of a group of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Values(in NormReluPoolJob job, byte* at, int c, out Vector256<float> a, out Vector256<float> b)
    {
        TFormat.Load(at, out a, out b);
        a = Vector256.FusedMultiplyAdd(a, Vector256.Load(job.Scale + c), Vector256.Load(job.Shift + c));
        b = Vector256.FusedMultiplyAdd(b, Vector256.Load(job.Scale + c + Half), Vector256.Load(job.Shift + c + Half));
    }
}
