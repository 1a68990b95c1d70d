using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// What <see cref="NormReluPool"/> remembers of a batch between the two directions, and its calculations.
/// </summary>
internal sealed unsafe class NormReluPoolState
{
    private readonly long[] _shape;
    private readonly long[] _order;
    private readonly int _pool;
    private readonly ScalarType _type;
    private readonly float[] _weight;
    private readonly float[] _bias;
    private readonly double[] _mean;
    private readonly double[] _inverseDeviation;
    private readonly NormReluPoolKernels _kernels;
    private readonly StatisticsShare? _share;
    private double _count;

    /// <param name="map">(N, C, T, H, W), for which the kernel can be applied; not kept.</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    /// <param name="weight">(C), float32.</param>
    /// <param name="bias">(C), float32.</param>
    /// <param name="share">Ranks whose clips are of the batch; null for this process's own.</param>
    public NormReluPoolState(Tensor map, int pool, Tensor weight, Tensor bias, StatisticsShare? share = null)
    {
        _share = share;
        _shape = map.shape;
        _order = MemoryOrder.Of(map)!;
        _pool = pool;
        _type = map.dtype;
        _weight = new Span<float>(TensorMemory.Address(weight), Channels).ToArray();
        _bias = new Span<float>(TensorMemory.Address(bias), Channels).ToArray();
        _mean = new double[Channels];
        _inverseDeviation = new double[Channels];
        _kernels = NormReluPoolKernels.For(_type, Channels);
    }

    private int Channels => (int)_shape[1];

    private long Frames => _shape[0] * _shape[2];

    /// <summary>Values of a channel in this process's map; <c>_count</c> is that of the batch.</summary>
    private long Count => Frames * _shape[3] * _shape[4];

    /// <summary>Multiplication and addition of each channel, ReLU and max pooling, without a gradient.</summary>
    /// <param name="map">(N, C, T, H, W), for which the kernel can be applied.</param>
    /// <param name="scale">Factor of a channel.</param>
    /// <param name="shift">Addend of a channel.</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    /// <returns>(N, C, T, H/pool, W/pool), in the map's format and order.</returns>
    public static Tensor Normalise(Tensor map, Func<int, double> scale, Func<int, double> shift, int pool) =>
        Normalise(NormReluPoolKernels.For(map.dtype, (int)map.shape[1]), map, scale, shift, pool);

    /// <summary>The block's output; the batch's statistics go into the running ones.</summary>
    public Tensor Forward(Tensor map, Tensor runningMean, Tensor runningVariance)
    {
        using var scope = NewDisposeScope();
        var means = new Span<float>(TensorMemory.Address(runningMean), Channels);
        var variances = new Span<float>(TensorMemory.Address(runningVariance), Channels);

        // The running mean is a good guess of the mean; the sums are of what is left.
        float[] guess = means.ToArray();
        double[] totals = new double[get_num_threads() * 2 * _kernels.Places];
        fixed (float* pivot = _kernels.Table(c => guess[c]))
        fixed (double* sums = totals)
        {
            NormReluPoolJob job = Job(_kernels, map, _pool);
            job.Pivot = pivot;
            job.Totals = sums;
            KernelThreads.For(Count, _kernels.Statistics, &job);
        }

        (double[] sum, double[] squares) = Totals(totals);
        _count = Count;
        if (_share is not null)
        {
            // The guesses are the same on all ranks, as the running means are.
            (sum, squares, _count) = _share.Sum(sum, squares, Count);
        }

        for (int c = 0; c < Channels; c++)
        {
            double offset = sum[c] / _count;
            double variance = Math.Max(0, (squares[c] / _count) - (offset * offset));
            _mean[c] = guess[c] + offset;
            _inverseDeviation[c] = 1 / Math.Sqrt(variance + BatchNormalisation.Epsilon);

            // As PyTorch does: the running variance is of the population, the batch's own of the sample.
            double unbiased = variance * _count / Math.Max(1, _count - 1);
            means[c] += (float)(BatchNormalisation.Momentum * (_mean[c] - means[c]));
            variances[c] += (float)(BatchNormalisation.Momentum * (unbiased - variances[c]));
        }

        return Normalise(_kernels, map, Scale, Shift, _pool).MoveToOuterDisposeScope();
    }

    private static Tensor Normalise(
        NormReluPoolKernels kernels,
        Tensor map,
        Func<int, double> scaleOf,
        Func<int, double> shiftOf,
        int pool
    )
    {
        using var scope = NewDisposeScope();
        long[] s = map.shape;
        long[] order = MemoryOrder.Of(map)!;
        Tensor pooled = Empty([s[0], s[1], s[2], s[3] / pool, s[4] / pool], order, map.dtype);
        fixed (float* scale = kernels.Table(scaleOf))
        fixed (float* shift = kernels.Table(shiftOf))
        {
            NormReluPoolJob job = Job(kernels, map, pool);
            job.Pooled = (byte*)TensorMemory.Address(pooled);
            job.Scale = scale;
            job.Shift = shift;
            KernelThreads.For(s[0] * s[2] * job.PooledHeight, kernels.Forward, &job);
        }

        GC.KeepAlive(map);
        return pooled.MoveToOuterDisposeScope();
    }

    /// <summary>Gradients of the map, the norm's weight and its bias.</summary>
    public (Tensor Map, Tensor Weight, Tensor Bias) Backward(Tensor map, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        Tensor arrived = gradient.to_type(_type).permute(_order).contiguous();
        Tensor result = Empty(_shape, _order, _type);
        float[] weightGradient = new float[Channels];
        float[] biasGradient = new float[Channels];

        // Of the batch; those of the parameters are of this process's clips, and added over the ranks later.
        float[] weightTotal = weightGradient;
        float[] biasTotal = biasGradient;
        double[] totals = new double[get_num_threads() * 2 * _kernels.Places];
        fixed (float* scale = _kernels.Table(Scale))
        fixed (float* shift = _kernels.Table(Shift))
        fixed (float* pivot = _kernels.Table(c => _mean[c]))
        fixed (double* sums = totals)
        {
            NormReluPoolJob job = Job(_kernels, map, _pool);
            job.Pooled = (byte*)TensorMemory.Address(arrived);
            job.Scale = scale;
            job.Shift = shift;
            job.Pivot = pivot;
            job.Totals = sums;
            KernelThreads.For(Frames * job.PooledHeight, _kernels.Sums, &job);

            (double[] gradientSum, double[] productSum) = Totals(totals);
            Fill(gradientSum, productSum, biasGradient, weightGradient);
            if (_share is not null)
            {
                (gradientSum, productSum, _) = _share.Sum(gradientSum, productSum, 0);
                Fill(gradientSum, productSum, biasTotal = new float[Channels], weightTotal = new float[Channels]);
            }

            // dx = scale·(dy - mean(dy) - x̂·mean(dy·x̂)), with x̂ = (x - mean)/deviation written out as a line in x.
            double Slope(int c) => -Scale(c) * _inverseDeviation[c] * weightTotal[c] / _count;
            fixed (float* slope = _kernels.Table(Slope))
            fixed (float* offset = _kernels.Table(c => -(Scale(c) * biasTotal[c] / _count) - (Slope(c) * _mean[c])))
            {
                job.Slope = slope;
                job.Offset = offset;
                job.MapGradient = (byte*)TensorMemory.Address(result);
                KernelThreads.For(Frames * job.PooledHeight, _kernels.Gradient, &job);
            }
        }

        GC.KeepAlive(map);
        if (_share is { Counts: false })
        {
            // A clip that is not of the batch gets no gradient through the batch's statistics either.
            result.zero_();
        }

        return (
            result.MoveToOuterDisposeScope(),
            tensor(weightGradient).MoveToOuterDisposeScope(),
            tensor(biasGradient).MoveToOuterDisposeScope()
        );
    }

    /// <summary>Two sums of all threads, by channel.</summary>
    private (double[] First, double[] Second) Totals(double[] totals)
    {
        (double[] first, double[] second) = ChannelSums.Total(totals, _kernels.Places);
        double[] one = new double[Channels];
        double[] two = new double[Channels];
        for (int place = 0; place < _kernels.Places; place++)
        {
            if (_kernels.Channel(place) is { } c)
            {
                one[c] = first[place];
                two[c] = second[place];
            }
        }

        return (one, two);
    }

    private void Fill(double[] gradientSum, double[] productSum, float[] bias, float[] weight)
    {
        for (int c = 0; c < Channels; c++)
        {
            bias[c] = (float)gradientSum[c];
            weight[c] = (float)(productSum[c] * _inverseDeviation[c]);
        }
    }

    private double Scale(int c) => _weight[c] * _inverseDeviation[c];

    private double Shift(int c) => _bias[c] - (_mean[c] * Scale(c));

    /// <summary>Memory for a map of a shape, (N, C, T, H, W), whose dimensions lie in an order.</summary>
    private static Tensor Empty(long[] shape, long[] order, ScalarType type) =>
        empty([.. order.Select(d => shape[d])], type).permute(MemoryOrder.Inverse(order));

    private static NormReluPoolJob Job(NormReluPoolKernels kernels, Tensor map, int pool)
    {
        long[] shape = map.shape;
        return new NormReluPoolJob
        {
            Map = (byte*)TensorMemory.Address(map),
            Channels = (int)shape[1],
            Places = kernels.Places,
            Height = (int)shape[3],
            Width = (int)shape[4],
            Side = pool,
        };
    }
}
