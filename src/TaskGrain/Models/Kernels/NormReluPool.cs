using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// Batch norm in training, ReLU and 2×2 or no max pooling as one function with a gradient. libtorch runs three with a
/// map stored after each, in the forward and in the backward direction: on the paper's model that was a fifth of a
/// training step, though it is hardly any arithmetic. This one reads the convolution's output twice forward and twice
/// backward, and keeps nothing else.
/// </summary>
internal sealed class NormReluPool : autograd.SingleTensorFunction<NormReluPool>
{
    private const string StateKey = "state";

    /// <inheritdoc/>
    public override string Name => nameof(NormReluPool);

    /// <summary>
    /// Whether the function can be used: on the CPU, with the channels innermost, and frame by frame if it pools.
    /// </summary>
    /// <param name="map">(N, C, T, H, W).</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    public static bool CanApply(Tensor map, int pool) =>
        TensorMemory.IsReachable(map)
        && Vector256.IsHardwareAccelerated
        && MemoryOrder.Of(map) is { } order
        && (pool == 1 || order.AsSpan().SequenceEqual(MemoryOrder.Frames));

    /// <summary>Normalises with the batch's statistics, which also go into the running ones.</summary>
    /// <param name="map">(N, C, T, H, W), float32 or bfloat16, for which <see cref="CanApply"/>.</param>
    /// <param name="weight">(C), float32: the norm's scale.</param>
    /// <param name="bias">(C), float32: the norm's shift.</param>
    /// <param name="runningMean">(C), float32, changed.</param>
    /// <param name="runningVariance">(C), float32, changed.</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    /// <param name="share">Ranks whose clips are of the batch; null for this process's own.</param>
    /// <returns>(N, C, T, H/pool, W/pool), in the map's format and order.</returns>
    public static Tensor Apply(
        Tensor map,
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        int pool,
        StatisticsShare? share = null
    ) => apply(map, weight, bias, runningMean, runningVariance, new Choice(pool, share));

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var map = (Tensor)vars[0];
        var choice = (Choice)vars[5];
        var state = new NormReluPoolState(map, choice.Pool, (Tensor)vars[1], (Tensor)vars[2], choice.Share);
        ctx.save_for_backward([map]);
        ctx.save_data(StateKey, state);
        return state.Forward(map, (Tensor)vars[3], (Tensor)vars[4]);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var state = (NormReluPoolState)ctx.get_data(StateKey);
        (Tensor map, Tensor weight, Tensor bias) = state.Backward(ctx.get_saved_variables()[0], grad_output);
        return [map, weight, bias, null!, null!, null!];
    }

    private sealed record Choice(int Pool, StatisticsShare? Share);
}
