using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// The two passes of the backward direction of batch norm, ReLU and max pooling: first the sums over the batch that the
/// gradient of a batch norm needs, then the gradient of the map.
/// </summary>
/// <typeparam name="TFormat">The map's number format.</typeparam>
internal static unsafe class NormReluPoolBackward<TFormat>
    where TFormat : IMapFormat
{
    private const int Lanes = ChannelTable<TFormat>.Lanes;
    private const int Half = Lanes / 2;

    /// <summary>
    /// Sums of the gradient that comes through pooling and ReLU, and of its product with value - pivot, for rows
    /// [first, end) of the pooled frames.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sums(void* argument, int part, long first, long end)
    {
        NormReluPoolJob job = *(NormReluPoolJob*)argument;
        float* recent = stackalloc float[2 * job.Places];
        var sums = new ChannelSums(job.Totals + (2L * part * job.Places), recent, job.Places);
        long step = (long)job.Channels * TFormat.Size;
        for (long row = first; row < end; row++)
        {
            byte* map = job.Map + (NormReluPoolPasses<TFormat>.SourceRow(job, row) * job.Width * step);
            byte* gradient = job.Pooled + (row * job.PooledWidth * step);
            for (int c = 0; c < job.Places; c += Lanes)
            {
                long at = ChannelTable<TFormat>.Bytes(c);
                SumRow(job, map + at, gradient + at, c, step, ref sums);
            }

            sums.Count(job.PooledWidth);
        }

        sums.Flush();
    }

    /// <summary>Writes the map's gradient for the rows that belong to rows [first, end) of the pooled frames.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(void* argument, int part, long first, long end)
    {
        NormReluPoolJob job = *(NormReluPoolJob*)argument;
        long step = (long)job.Channels * TFormat.Size;
        for (long row = first; row < end; row++)
        {
            long start = NormReluPoolPasses<TFormat>.SourceRow(job, row) * job.Width * step;
            byte* gradient = job.Pooled + (row * job.PooledWidth * step);
            for (int x = 0; x < job.PooledWidth; x++, gradient += step)
            {
                for (int c = 0; c < job.Places; c += Lanes)
                {
                    long at = start + (job.Side * x * step) + ChannelTable<TFormat>.Bytes(c);
                    WriteWindow(job, at, gradient + ChannelTable<TFormat>.Bytes(c), c, step);
                }
            }

            WriteLeftOver(job, row, start, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRow(
        in NormReluPoolJob job,
        byte* map,
        byte* gradient,
        int c,
        long step,
        ref ChannelSums sums
    )
    {
        Vector256<float> scaleA = Vector256.Load(job.Scale + c),
            scaleB = Vector256.Load(job.Scale + c + Half);
        Vector256<float> shiftA = Vector256.Load(job.Shift + c),
            shiftB = Vector256.Load(job.Shift + c + Half);
        Vector256<float> pivotA = Vector256.Load(job.Pivot + c),
            pivotB = Vector256.Load(job.Pivot + c + Half);
        Vector256<float> sumA = default,
            sumB = default,
            productA = default,
            productB = default;
        for (int x = 0; x < job.PooledWidth; x++, map += job.Side * step, gradient += step)
        {
            Prefetch.Rows(map, job, step);
            TFormat.Load(gradient, out Vector256<float> gradientA, out Vector256<float> gradientB);
            TFormat.Load(map, out Vector256<float> a, out Vector256<float> b);
            if (job.Side == 2)
            {
                TFormat.Load(map + step, out Vector256<float> a1, out Vector256<float> b1);
                TFormat.Load(map + (job.Width * step), out Vector256<float> a2, out Vector256<float> b2);
                TFormat.Load(map + ((job.Width + 1) * step), out Vector256<float> a3, out Vector256<float> b3);
                a = Largest(a, a1, a2, a3, scaleA, shiftA);
                b = Largest(b, b1, b2, b3, scaleB, shiftB);
            }

            gradientA &= Vector256.GreaterThan(Vector256.FusedMultiplyAdd(a, scaleA, shiftA), Vector256<float>.Zero);
            gradientB &= Vector256.GreaterThan(Vector256.FusedMultiplyAdd(b, scaleB, shiftB), Vector256<float>.Zero);
            sumA += gradientA;
            sumB += gradientB;
            productA = Vector256.FusedMultiplyAdd(gradientA, a - pivotA, productA);
            productB = Vector256.FusedMultiplyAdd(gradientB, b - pivotB, productB);
        }

        sums.Add(c, sumA, productA);
        sums.Add(c + Half, sumB, productB);
    }

    /// <summary>
    /// The value whose normalisation is the largest of four: the largest value, or for a negative scale the smallest.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Largest(
        Vector256<float> v0,
        Vector256<float> v1,
        Vector256<float> v2,
        Vector256<float> v3,
        Vector256<float> scale,
        Vector256<float> shift
    )
    {
        Vector256<float> largest = Vector256.MaxNative(Vector256.MaxNative(v0, v1), Vector256.MaxNative(v2, v3));
        Vector256<float> smallest = Vector256.MinNative(Vector256.MinNative(v0, v1), Vector256.MinNative(v2, v3));
        return Vector256.ConditionalSelect(Vector256.LessThan(scale, Vector256<float>.Zero), smallest, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteWindow(in NormReluPoolJob job, long at, byte* gradient, int c, long step)
    {
        Prefetch.Rows(job.Map + at, job, step);
        TFormat.Load(gradient, out Vector256<float> gradientA, out Vector256<float> gradientB);
        Vector256<float> scaleA = Vector256.Load(job.Scale + c),
            scaleB = Vector256.Load(job.Scale + c + Half);
        Vector256<float> shiftA = Vector256.Load(job.Shift + c),
            shiftB = Vector256.Load(job.Shift + c + Half);
        Vector256<float> slopeA = Vector256.Load(job.Slope + c),
            slopeB = Vector256.Load(job.Slope + c + Half);
        Vector256<float> offsetA = Vector256.Load(job.Offset + c),
            offsetB = Vector256.Load(job.Offset + c + Half);
        gradientA *= scaleA;
        gradientB *= scaleB;
        TFormat.Load(job.Map + at, out Vector256<float> a0, out Vector256<float> b0);
        Vector256<float> restA0 = Vector256.FusedMultiplyAdd(a0, slopeA, offsetA);
        Vector256<float> restB0 = Vector256.FusedMultiplyAdd(b0, slopeB, offsetB);
        a0 = Vector256.FusedMultiplyAdd(a0, scaleA, shiftA);
        b0 = Vector256.FusedMultiplyAdd(b0, scaleB, shiftB);
        if (job.Side == 1)
        {
            TFormat.Store(
                job.MapGradient + at,
                restA0 + (gradientA & Vector256.GreaterThan(a0, Vector256<float>.Zero)),
                restB0 + (gradientB & Vector256.GreaterThan(b0, Vector256<float>.Zero))
            );
            return;
        }

        long at1 = at + step,
            at2 = at + (job.Width * step),
            at3 = at2 + step;
        TFormat.Load(job.Map + at1, out Vector256<float> a1, out Vector256<float> b1);
        TFormat.Load(job.Map + at2, out Vector256<float> a2, out Vector256<float> b2);
        TFormat.Load(job.Map + at3, out Vector256<float> a3, out Vector256<float> b3);
        Vector256<float> restA1 = Vector256.FusedMultiplyAdd(a1, slopeA, offsetA),
            restB1 = Vector256.FusedMultiplyAdd(b1, slopeB, offsetB);
        Vector256<float> restA2 = Vector256.FusedMultiplyAdd(a2, slopeA, offsetA),
            restB2 = Vector256.FusedMultiplyAdd(b2, slopeB, offsetB);
        Vector256<float> restA3 = Vector256.FusedMultiplyAdd(a3, slopeA, offsetA),
            restB3 = Vector256.FusedMultiplyAdd(b3, slopeB, offsetB);
        var winA = PoolWindow.Winners(
            a0,
            Vector256.FusedMultiplyAdd(a1, scaleA, shiftA),
            Vector256.FusedMultiplyAdd(a2, scaleA, shiftA),
            Vector256.FusedMultiplyAdd(a3, scaleA, shiftA)
        );
        var winB = PoolWindow.Winners(
            b0,
            Vector256.FusedMultiplyAdd(b1, scaleB, shiftB),
            Vector256.FusedMultiplyAdd(b2, scaleB, shiftB),
            Vector256.FusedMultiplyAdd(b3, scaleB, shiftB)
        );
        TFormat.Store(job.MapGradient + at, restA0 + (gradientA & winA.Mask0), restB0 + (gradientB & winB.Mask0));
        TFormat.Store(job.MapGradient + at1, restA1 + (gradientA & winA.Mask1), restB1 + (gradientB & winB.Mask1));
        TFormat.Store(job.MapGradient + at2, restA2 + (gradientA & winA.Mask2), restB2 + (gradientB & winB.Mask2));
        TFormat.Store(job.MapGradient + at3, restA3 + (gradientA & winA.Mask3), restB3 + (gradientB & winB.Mask3));
    }

    /// <summary>Columns and rows that no window covers: the batch's statistics alone give them a gradient.</summary>
    private static void WriteLeftOver(in NormReluPoolJob job, long row, long start, long step)
    {
        int covered = job.PooledWidth * job.Side;
        for (int y = 0; y < job.Side; y++)
        {
            WriteRest(job, start + (((y * job.Width) + covered) * step), job.Width - covered);
        }

        bool lastOfFrame = row % job.PooledHeight == job.PooledHeight - 1;
        int below = job.Height - (job.PooledHeight * job.Side);
        if (lastOfFrame && below > 0)
        {
            WriteRest(job, start + (job.Side * job.Width * step), below * job.Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteRest(in NormReluPoolJob job, long at, int positions)
    {
        for (int i = 0; i < positions; i++)
        {
            for (int c = 0; c < job.Places; c += Lanes, at += TFormat.Group * TFormat.Size)
            {
                TFormat.Load(job.Map + at, out Vector256<float> a, out Vector256<float> b);
                TFormat.Store(
                    job.MapGradient + at,
                    Vector256.FusedMultiplyAdd(a, Vector256.Load(job.Slope + c), Vector256.Load(job.Offset + c)),
                    Vector256.FusedMultiplyAdd(
                        b,
                        Vector256.Load(job.Slope + c + Half),
                        Vector256.Load(job.Offset + c + Half)
                    )
                );
            }
        }
    }
}
