using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Batch norm by the statistics of all ranks' clips, with libtorch's operations, for maps and devices that the fused
/// kernel does not know. Ranks may take the one or the other for the same layer: both add the same sums.
/// </summary>
internal sealed class SharedNorm : autograd.SingleTensorFunction<SharedNorm>
{
    private const string StateKey = "state";

    /// <inheritdoc/>
    public override string Name => nameof(SharedNorm);

    /// <summary>Normalises with the batch's statistics, which also go into the running ones.</summary>
    /// <param name="input">(N, C, …), float32 or bfloat16.</param>
    /// <param name="weight">(C), float32: the norm's scale.</param>
    /// <param name="bias">(C), float32: the norm's shift.</param>
    /// <param name="runningMean">(C), float32, changed.</param>
    /// <param name="runningVariance">(C), float32, changed.</param>
    /// <param name="share">The ranks whose clips are of the batch.</param>
    /// <returns>The normalised input, same shape, format and layout.</returns>
    public static Tensor Apply(
        Tensor input,
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        StatisticsShare share
    ) => apply(input, weight, bias, runningMean, runningVariance, share);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var input = (Tensor)vars[0];
        (Tensor weight, Tensor bias) = ((Tensor)vars[1], (Tensor)vars[2]);
        (Tensor runningMean, Tensor runningVariance) = ((Tensor)vars[3], (Tensor)vars[4]);
        var share = (StatisticsShare)vars[5];
        var shape = new NormShape(input.shape);

        // The running mean is a good guess of the mean, and the same on all ranks; the sums are of what is left.
        Tensor values = input.to_type(ScalarType.Float32);
        Tensor rest = values.Minus(shape.Spread(runningMean));
        (double[] sums, double[] squares, double count) = share.Sum(
            NormShape.Numbers(shape.Sum(rest)),
            NormShape.Numbers(shape.Sum(rest.mul(rest))),
            shape.Count
        );
        double[] guess = NormShape.Numbers(runningMean);
        double[] mean = [.. guess.Zip(sums, (g, s) => g + (s / count))];
        double[] variance = [.. squares.Zip(sums, (q, s) => Math.Max(0, (q / count) - (s / count * (s / count))))];
        double[] inverse = [.. variance.Select(v => 1 / Math.Sqrt(v + BatchNormalisation.Epsilon))];
        Blend(runningMean, mean);
        Blend(runningVariance, [.. variance.Select(v => v * count / Math.Max(1, count - 1))]);
        ctx.save_for_backward([input, weight]);
        ctx.save_data(StateKey, new State(share, count, mean, inverse));
        Tensor centred = values.Minus(shape.Spread(Channels(mean, input.device)));
        Tensor scale = shape.Spread(Channels(inverse, input.device) * weight);
        return (centred * scale).Plus(shape.Spread(bias)).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor input, Tensor weight) = (saved[0], saved[1]);
        var state = (State)ctx.get_data(StateKey);
        var shape = new NormShape(input.shape);
        Tensor gradient = grad_output.to_type(ScalarType.Float32);
        Tensor centred = input.to_type(ScalarType.Float32).Minus(shape.Spread(Channels(state.Mean, input.device)));
        Tensor inverse = Channels(state.Inverse, input.device);
        Tensor biasGradient = shape.Sum(gradient);
        Tensor products = shape.Sum(gradient * centred);
        (double[] sums, double[] productSums, _) = state.Share.Sum(
            NormShape.Numbers(biasGradient),
            NormShape.Numbers(products),
            0
        );

        // dx = scale·(dy - mean(dy) - x̂·mean(dy·x̂)), as in the fused kernel.
        double[] offset = [.. sums.Select(sum => sum / state.Count)];
        double[] slope = [.. productSums.Zip(state.Inverse, (sum, scale) => sum / state.Count * scale * scale)];
        Tensor line = (centred * shape.Spread(Channels(slope, input.device))).Plus(
            shape.Spread(Channels(offset, input.device))
        );
        Tensor map = gradient.Minus(line) * shape.Spread(inverse * weight);
        if (!state.Share.Counts)
        {
            // A clip that is not of the batch gets no gradient through the batch's statistics either.
            map.zero_();
        }

        return
        [
            map.to_type(input.dtype).MoveToOuterDisposeScope(),
            (products * inverse).MoveToOuterDisposeScope(),
            biasGradient.MoveToOuterDisposeScope(),
            null!,
            null!,
            null!,
        ];
    }

    private static Tensor Channels(double[] numbers, Device device) =>
        tensor(Array.ConvertAll(numbers, number => (float)number), device: device);

    /// <summary>Rounded as the fused kernel does: the running statistics are the same on all ranks.</summary>
    private static void Blend(Tensor running, double[] batch)
    {
        float[] numbers = Array.ConvertAll(NormShape.Numbers(running), number => (float)number);
        for (int c = 0; c < numbers.Length; c++)
        {
            numbers[c] += (float)(BatchNormalisation.Momentum * (batch[c] - numbers[c]));
        }

        using Tensor now = tensor(numbers, device: running.device);
        running.copy_(now);
    }

    private sealed record State(StatisticsShare Share, double Count, double[] Mean, double[] Inverse);

    /// <summary>A map's shape as a norm sees it.</summary>
    private sealed class NormShape(long[] shape)
    {
        /// <summary>Values of a channel.</summary>
        public long Count => shape.Aggregate(1L, (product, side) => product * side) / shape[1];

        /// <summary>A channel's values added, (C).</summary>
        public Tensor Sum(Tensor map) =>
            map.sum([.. Enumerable.Range(0, shape.Length).Where(d => d != 1).Select(d => (long)d)]);

        /// <summary>(C) as (1, C, 1, …).</summary>
        public Tensor Spread(Tensor channels)
        {
            long size = shape[1];
            return channels.view([.. Enumerable.Range(0, shape.Length).Select(d => d == 1 ? size : 1)]);
        }

        /// <summary>A small tensor's numbers.</summary>
        public static double[] Numbers(Tensor channels) =>
            channels.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
