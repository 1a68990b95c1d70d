using TaskGrain.Models.Kernels;
using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>
/// Batch normalisation of (N, C, T, H, W) over everything but C. Statistics, scale and shift are float32 whatever
/// the format of the input.
/// </summary>
internal sealed class BatchNormalisation : Module<Tensor, Tensor>
{
    /// <summary>Added to the variance; PyTorch's default, with which the authors trained.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Weight of a new batch in the running statistics; PyTorch's default.</summary>
    public const double Momentum = 0.1;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;

    /// <param name="channels">Number of channels C.</param>
    public BatchNormalisation(int channels)
        : base(nameof(BatchNormalisation))
    {
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        running_mean = zeros(channels);
        running_var = ones(channels);
        foreach (Tensor tensor in new[] { weight, bias, running_mean, running_var })
        {
            tensor.DetachFromDisposeScope();
        }

        RegisterComponents();
    }

    /// <summary>Ranks over whose clips together a batch's statistics are taken; null for this process's own.</summary>
    public StatisticsShare? Share { get; set; }

    /// <summary>The running statistics.</summary>
    public IEnumerable<Tensor> Running => [running_mean, running_var];

    /// <param name="input">(N, C, T, H, W) or (N, C, H, W), float32 or bfloat16.</param>
    /// <returns>The normalised input, same shape, format and layout.</returns>
    public override Tensor forward(Tensor input) =>
        training && Share is { } share
            ? SharedNorm.Apply(input, weight, bias, running_mean, running_var, share)
            : functional.batch_norm(input, running_mean, running_var, weight, bias, training, Momentum, Epsilon);

    /// <summary>
    /// Whether ReLU and pooling can be done with the normalisation: the kernels read scale and shift as float32.
    /// </summary>
    /// <param name="map">(N, C, T, H, W).</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    public bool CanFuse(Tensor map, int pool) => weight.dtype == ScalarType.Float32 && NormReluPool.CanApply(map, pool);

    /// <summary>In training: normalisation by the batch's statistics, ReLU and max pooling in one.</summary>
    /// <param name="map">(N, C, T, H, W), for which <see cref="CanFuse"/>.</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    public Tensor TrainThenReluPool(Tensor map, int pool) =>
        NormReluPool.Apply(map, weight, bias, running_mean, running_var, pool, Share);

    /// <summary>Without gradients: normalisation by the running statistics, ReLU and max pooling in one.</summary>
    /// <param name="map">(N, C, T, H, W), for which the kernel can be applied.</param>
    /// <param name="pool">Side of the max pooling, 1 or 2.</param>
    public Tensor EvaluateThenReluPool(Tensor map, int pool)
    {
        using var scope = NewDisposeScope();
        (Tensor scale, Tensor shift) = AsAffine();
        float[] scales = scale.data<float>().ToArray();
        float[] shifts = shift.data<float>().ToArray();
        return NormReluPoolState.Normalise(map, c => scales[c], c => shifts[c], pool).MoveToOuterDisposeScope();
    }

    /// <summary>The layer with its running statistics as a multiplication and an addition.</summary>
    /// <returns>Scale and shift of each channel, (C), float32.</returns>
    public (Tensor Scale, Tensor Shift) AsAffine()
    {
        Tensor scale = weight / running_var.Plus(Epsilon).sqrt();
        return (scale, bias - (running_mean * scale));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias.Dispose();
            running_mean.Dispose();
            running_var.Dispose();
        }

        base.Dispose(disposing);
    }
}
