using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// What <see cref="NormReluPool"/> remembers of a batch between the two directions, and its calculations.
/// </summary>
internal sealed unsafe class NormReluPoolState
{
    private readonly long[] _shape;
    private readonly int _pool;
    private readonly ScalarType _type;
    private readonly float[] _weight;
    private readonly float[] _bias;
    private readonly double[] _mean;
    private readonly double[] _inverseDeviation;

    /// <param name="shape">(N, C, T, H, W).</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    /// <param name="type">Format of the map.</param>
    /// <param name="weight">(C), float32.</param>
    /// <param name="bias">(C), float32.</param>
    public NormReluPoolState(long[] shape, int pool, ScalarType type, Tensor weight, Tensor bias)
    {
        _shape = shape;
        _pool = pool;
        _type = type;
        _weight = new Span<float>(TensorMemory.Address(weight), Channels).ToArray();
        _bias = new Span<float>(TensorMemory.Address(bias), Channels).ToArray();
        _mean = new double[Channels];
        _inverseDeviation = new double[Channels];
    }

    private int Channels => (int)_shape[1];

    private long Frames => _shape[0] * _shape[2];

    private long Count => Frames * _shape[3] * _shape[4];

    /// <summary>The block's output; the batch's statistics go into the running ones.</summary>
    public Tensor Forward(Tensor map, Tensor runningMean, Tensor runningVariance) =>
        _type == ScalarType.BFloat16
            ? Forward<BFloat16Format>(map, runningMean, runningVariance)
            : Forward<Float32Format>(map, runningMean, runningVariance);

    /// <summary>Gradients of the map, the norm's weight and its bias.</summary>
    public (Tensor Map, Tensor Weight, Tensor Bias) Backward(Tensor map, Tensor gradient) =>
        _type == ScalarType.BFloat16 ? Backward<BFloat16Format>(map, gradient) : Backward<Float32Format>(map, gradient);

    /// <summary>Multiplication and addition of each channel, ReLU and max pooling, without a gradient.</summary>
    /// <param name="map">(N, C, T, H, W), for which the kernel can be applied.</param>
    /// <param name="scale">Factor of a channel.</param>
    /// <param name="shift">Addend of a channel.</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    /// <returns>(N, C, T, H/pool, W/pool), channels-last, same format.</returns>
    public static Tensor Normalise(Tensor map, Func<int, double> scale, Func<int, double> shift, int pool) =>
        map.dtype == ScalarType.BFloat16
            ? Normalise<BFloat16Format>(map, scale, shift, pool)
            : Normalise<Float32Format>(map, scale, shift, pool);

    private Tensor Forward<TFormat>(Tensor map, Tensor runningMean, Tensor runningVariance)
        where TFormat : IMapFormat
    {
        using var scope = NewDisposeScope();
        var means = new Span<float>(TensorMemory.Address(runningMean), Channels);
        var variances = new Span<float>(TensorMemory.Address(runningVariance), Channels);

        // The running mean is a good guess of the mean; the sums are of what is left.
        float[] guess = means.ToArray();
        double[] totals = new double[get_num_threads() * 2 * Channels];
        fixed (float* pivot = ChannelTable<TFormat>.Make(Channels, c => guess[c]))
        fixed (double* sums = totals)
        {
            NormReluPoolJob job = Job(map, _pool);
            job.Pivot = pivot;
            job.Totals = sums;
            KernelThreads.For(Count, &NormReluPoolPasses<TFormat>.Statistics, &job);
        }

        (double[] sum, double[] squares) = ChannelSums.Total(totals, Channels);
        for (int place = 0; place < Channels; place++)
        {
            int c = ChannelTable<TFormat>.Channel(place);
            double offset = sum[place] / Count;
            double variance = Math.Max(0, (squares[place] / Count) - (offset * offset));
            _mean[c] = guess[c] + offset;
            _inverseDeviation[c] = 1 / Math.Sqrt(variance + BatchNormalisation.Epsilon);

            // As PyTorch does: the running variance is of the population, the batch's own of the sample.
            double unbiased = variance * Count / Math.Max(1, Count - 1);
            means[c] += (float)(BatchNormalisation.Momentum * (_mean[c] - means[c]));
            variances[c] += (float)(BatchNormalisation.Momentum * (unbiased - variances[c]));
        }

        return Normalise<TFormat>(map, Scale, Shift, _pool).MoveToOuterDisposeScope();
    }

    private static Tensor Normalise<TFormat>(Tensor map, Func<int, double> scaleOf, Func<int, double> shiftOf, int pool)
        where TFormat : IMapFormat
    {
        using var scope = NewDisposeScope();
        long[] s = map.shape;
        Tensor pooled = empty([s[0], s[2], s[3] / pool, s[4] / pool, s[1]], map.dtype, map.device);
        fixed (float* scale = ChannelTable<TFormat>.Make((int)s[1], scaleOf))
        fixed (float* shift = ChannelTable<TFormat>.Make((int)s[1], shiftOf))
        {
            NormReluPoolJob job = Job(map, pool);
            job.Pooled = (byte*)TensorMemory.Address(pooled);
            job.Scale = scale;
            job.Shift = shift;
            KernelThreads.For(s[0] * s[2] * job.PooledHeight, &NormReluPoolPasses<TFormat>.Forward, &job);
        }

        GC.KeepAlive(map);
        return pooled.permute(0, 4, 1, 2, 3).MoveToOuterDisposeScope();
    }

    private (Tensor Map, Tensor Weight, Tensor Bias) Backward<TFormat>(Tensor map, Tensor gradient)
        where TFormat : IMapFormat
    {
        using var scope = NewDisposeScope();
        Tensor arrived = gradient.to_type(_type).permute(0, 2, 3, 4, 1).contiguous();
        Tensor result = empty([_shape[0], _shape[2], _shape[3], _shape[4], _shape[1]], _type, map.device);
        float[] weightGradient = new float[Channels];
        float[] biasGradient = new float[Channels];
        double[] totals = new double[get_num_threads() * 2 * Channels];
        fixed (float* scale = ChannelTable<TFormat>.Make(Channels, Scale))
        fixed (float* shift = ChannelTable<TFormat>.Make(Channels, Shift))
        fixed (float* pivot = ChannelTable<TFormat>.Make(Channels, c => _mean[c]))
        fixed (double* sums = totals)
        {
            NormReluPoolJob job = Job(map, _pool);
            job.Pooled = (byte*)TensorMemory.Address(arrived);
            job.Scale = scale;
            job.Shift = shift;
            job.Pivot = pivot;
            job.Totals = sums;
            KernelThreads.For(Frames * job.PooledHeight, &NormReluPoolBackward<TFormat>.Sums, &job);

            (double[] gradientSum, double[] productSum) = ChannelSums.Total(totals, Channels);
            for (int place = 0; place < Channels; place++)
            {
                int c = ChannelTable<TFormat>.Channel(place);
                biasGradient[c] = (float)gradientSum[place];
                weightGradient[c] = (float)(productSum[place] * _inverseDeviation[c]);
            }

            // dx = scale·(dy - mean(dy) - x̂·mean(dy·x̂)), with x̂ = (x - mean)/deviation written out as a line in x.
            double Slope(int c) => -Scale(c) * _inverseDeviation[c] * weightGradient[c] / Count;
            fixed (float* slope = ChannelTable<TFormat>.Make(Channels, Slope))
            fixed (
                float* offset = ChannelTable<TFormat>.Make(
                    Channels,
                    c => -(Scale(c) * biasGradient[c] / Count) - (Slope(c) * _mean[c])
                )
            )
            {
                job.Slope = slope;
                job.Offset = offset;
                job.MapGradient = (byte*)TensorMemory.Address(result);
                KernelThreads.For(Frames * job.PooledHeight, &NormReluPoolBackward<TFormat>.Gradient, &job);
            }
        }

        GC.KeepAlive(map);
        return (
            result.permute(0, 4, 1, 2, 3).MoveToOuterDisposeScope(),
            tensor(weightGradient).MoveToOuterDisposeScope(),
            tensor(biasGradient).MoveToOuterDisposeScope()
        );
    }

    private double Scale(int c) => _weight[c] * _inverseDeviation[c];

    private double Shift(int c) => _bias[c] - (_mean[c] * Scale(c));

    private static NormReluPoolJob Job(Tensor map, int pool)
    {
        long[] shape = map.shape;
        return new NormReluPoolJob
        {
            Map = (byte*)TensorMemory.Address(map),
            Channels = (int)shape[1],
            Height = (int)shape[3],
            Width = (int)shape[4],
            Side = pool,
        };
    }
}
