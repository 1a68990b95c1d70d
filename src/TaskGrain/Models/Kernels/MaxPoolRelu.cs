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
                if (job.Side == 2)
                {
                    Window2(source, source + rowStep, target, job.Channels);
                }
                else
                {
                    Window(source, rowStep, target, job.Channels, job.Side);
                }

                source += job.Side * job.Channels;
                target += job.Channels;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window2<T>(T* upper, T* lower, T* target, long channels)
        where T : unmanaged, IBinaryInteger<T>
    {
        long c = 0;
        for (; c <= channels - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Vector256<T> top = Vector256.Max(Vector256.Load(upper + c), Vector256.Load(upper + channels + c));
            Vector256<T> bottom = Vector256.Max(Vector256.Load(lower + c), Vector256.Load(lower + channels + c));
            Vector256.Max(Vector256.Max(top, bottom), Vector256<T>.Zero).Store(target + c);
        }

        for (; c < channels; c++)
        {
            T top = T.Max(upper[c], upper[channels + c]);
            target[c] = T.Max(T.Max(top, T.Max(lower[c], lower[channels + c])), T.Zero);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window<T>(T* source, long rowStep, T* target, long channels, long side)
        where T : unmanaged, IBinaryInteger<T>
    {
        long c = 0;
        for (; c <= channels - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Vector256<T> largest = Vector256<T>.Zero;
            for (long y = 0; y < side; y++)
            {
                for (long x = 0; x < side; x++)
                {
                    largest = Vector256.Max(largest, Vector256.Load(source + (y * rowStep) + (x * channels) + c));
                }
            }

            largest.Store(target + c);
        }

        for (; c < channels; c++)
        {
            T largest = T.Zero;
            for (long y = 0; y < side; y++)
            {
                for (long x = 0; x < side; x++)
                {
                    largest = T.Max(largest, source[(y * rowStep) + (x * channels) + c]);
                }
            }

            target[c] = largest;
        }
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
