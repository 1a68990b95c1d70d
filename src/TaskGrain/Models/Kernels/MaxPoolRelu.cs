using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// Max pooling of square windows and ReLU in one pass over a channels-last map: each value is read once and nothing
/// but the pooled map is written. max(0, ·) of floating-point numbers is the integer maximum of their bits and 0,
/// because positive numbers are ordered as their bits are and negative ones have the sign bit.
/// </summary>
/// <remarks>
/// The kernels are compiled with full optimisation at once: a start through the slow tier costs seconds.
/// </remarks>
internal static unsafe class MaxPoolRelu
{
    /// <summary>Pools.</summary>
    /// <param name="map">(N, C, T, H, W), channels-last, float32 or bfloat16.</param>
    /// <param name="side">Side of the window, which is also its step; rows and columns left over are dropped.</param>
    /// <returns>(N, C, T, H/side, W/side), channels-last, same format; no gradient flows through it.</returns>
    public static Tensor Apply(Tensor map, int side)
    {
        using var scope = NewDisposeScope();
        long[] s = map.shape;
        Tensor rows = map.permute(0, 2, 3, 4, 1);
        if (!TensorMemory.IsReachable(map) || !Vector256.IsHardwareAccelerated || !rows.is_contiguous())
        {
            Tensor pooled = nn.functional.max_pool2d(ChannelsLast.AsImages(map), side);
            return ChannelsLast.AsClips(nn.functional.relu(pooled, inplace: true), s[0]).MoveToOuterDisposeScope();
        }

        Tensor result = empty([s[0], s[2], s[3] / side, s[4] / side, s[1]], map.dtype, map.device);
        var job = new Job
        {
            Source = TensorMemory.Address(rows),
            Target = TensorMemory.Address(result),
            Channels = s[1],
            Height = s[3],
            Width = s[4],
            Side = side,
        };
        if (map.dtype == ScalarType.BFloat16)
        {
            KernelThreads.For(s[0] * s[2] * (s[3] / side), &Rows<short>, &job);
        }
        else
        {
            KernelThreads.For(s[0] * s[2] * (s[3] / side), &Rows<int>, &job);
        }

        GC.KeepAlive(rows);
        return result.permute(0, 4, 1, 2, 3).MoveToOuterDisposeScope();
    }

    /// <summary>Makes rows of the pooled maps, counted through all frames.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T>(void* argument, int part, long first, long end)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Job job = *(Job*)argument;
        long pooledHeight = job.Height / job.Side;
        long pooledWidth = job.Width / job.Side;
        long rowStep = job.Width * job.Channels;
        T* target = (T*)job.Target + (first * pooledWidth * job.Channels);
        for (long row = first; row < end; row++)
        {
            long frame = row / pooledHeight;
            T* source = (T*)job.Source + (((frame * job.Height) + (row % pooledHeight * job.Side)) * rowStep);
            for (long column = 0; column < pooledWidth; column++)
            {
                Pool(source, rowStep, target, job.Channels, job.Side);
                source += job.Side * job.Channels;
                target += job.Channels;
            }
        }
    }

    /// <summary>
    /// Pools the channels of a window: 32 bytes at a time, and what is left in 16, 8 and single ones, since a narrow
    /// network's first and largest map has as few as 4 channels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pool<T>(T* source, long rowStep, T* target, long channels, long side)
        where T : unmanaged, IBinaryInteger<T>
    {
        long c = 0;
        for (; c <= channels - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Largest256(source + c, rowStep, channels, side).Store(target + c);
        }

        if (c <= channels - Vector128<T>.Count)
        {
            Largest128<T, Whole>(source + c, rowStep, channels, side).Store(target + c);
            c += Vector128<T>.Count;
        }

        if (c <= channels - Vector64<T>.Count)
        {
            *(ulong*)(target + c) = Largest128<T, Half>(source + c, rowStep, channels, side).AsUInt64().ToScalar();
            c += Vector64<T>.Count;
        }

        for (; c < channels; c++)
        {
            target[c] = Largest(source + c, rowStep, channels, side);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Largest256<T>(T* source, long rowStep, long channels, long side)
        where T : unmanaged
    {
        if (side == 2)
        {
            T* lower = source + rowStep;
            Vector256<T> top = Vector256.Max(Vector256.Load(source), Vector256.Load(source + channels));
            Vector256<T> bottom = Vector256.Max(Vector256.Load(lower), Vector256.Load(lower + channels));
            return Vector256.Max(Vector256.Max(top, bottom), Vector256<T>.Zero);
        }

        Vector256<T> largest = Vector256<T>.Zero;
        for (long y = 0; y < side; y++)
        {
            for (long x = 0; x < side; x++)
            {
                largest = Vector256.Max(largest, Vector256.Load(source + (y * rowStep) + (x * channels)));
            }
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Largest128<T, TPart>(T* source, long rowStep, long channels, long side)
        where T : unmanaged
        where TPart : struct, IPart
    {
        if (side == 2)
        {
            T* lower = source + rowStep;
            Vector128<T> top = Vector128.Max(TPart.Load(source), TPart.Load(source + channels));
            Vector128<T> bottom = Vector128.Max(TPart.Load(lower), TPart.Load(lower + channels));
            return Vector128.Max(Vector128.Max(top, bottom), Vector128<T>.Zero);
        }

        Vector128<T> largest = Vector128<T>.Zero;
        for (long y = 0; y < side; y++)
        {
            for (long x = 0; x < side; x++)
            {
                largest = Vector128.Max(largest, TPart.Load(source + (y * rowStep) + (x * channels)));
            }
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Largest<T>(T* source, long rowStep, long channels, long side)
        where T : unmanaged, IBinaryInteger<T>
    {
        T largest = T.Zero;
        for (long y = 0; y < side; y++)
        {
            for (long x = 0; x < side; x++)
            {
                largest = T.Max(largest, source[(y * rowStep) + (x * channels)]);
            }
        }

        return largest;
    }

    /// <summary>How much of 16 bytes is read; the rest is 0.</summary>
    private interface IPart
    {
        static abstract Vector128<T> Load<T>(T* source)
            where T : unmanaged;
    }

    private readonly struct Whole : IPart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> Load<T>(T* source)
            where T : unmanaged => Vector128.Load(source);
    }

    private readonly struct Half : IPart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> Load<T>(T* source)
            where T : unmanaged => Vector128.CreateScalar(*(ulong*)source).As<ulong, T>();
    }

    private struct Job
    {
        public void* Source;
        public void* Target;
        public long Channels;
        public long Height;
        public long Width;
        public long Side;
    }
}
