using TaskGrain.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>Convolution, batch norm, ReLU and, where the layer has one, max pooling (Figure 2).</summary>
internal sealed class ConvolutionBlock : Module<Tensor, Tensor>
{
    private readonly Convolution conv;
    private readonly BatchNormalisation norm;
    private readonly int _pool;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="frames">Kernel size in time, 1 or 3.</param>
    /// <param name="spatialPadding">Padding of height and width.</param>
    /// <param name="pool">Side of the max pooling; 1 for none.</param>
    /// <param name="random">Draws the weights; null to leave them for a file to fill.</param>
    public ConvolutionBlock(int inputs, int outputs, int frames, int spatialPadding, int pool, SeededRandom? random)
        : base(nameof(ConvolutionBlock))
    {
        _pool = pool;
        conv = new Convolution(inputs, outputs, frames, spatialPadding, random);
        norm = new BatchNormalisation(outputs);
        RegisterComponents();
    }

    /// <param name="input">(N, inputs, T, H, W), channels-last.</param>
    /// <returns>(N, outputs, T, H', W'), channels-last, or as <see cref="LongRows"/> leaves it.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor map = conv.call(input);
        if (norm.CanFuse(map, _pool) && (norm.training || !is_grad_enabled()))
        {
            Tensor output = norm.training ? norm.TrainThenReluPool(map, _pool) : norm.EvaluateThenReluPool(map, _pool);
            return output.MoveToOuterDisposeScope();
        }

        map = functional.relu(norm.call(map), inplace: true);
        if (_pool > 1)
        {
            map = ChannelsLast.AsClips(functional.max_pool2d(ChannelsLast.AsImages(map), _pool), input.shape[0]);
        }

        return map.MoveToOuterDisposeScope();
    }

    /// <summary>The block for inference, with the running statistics folded into the convolution.</summary>
    /// <param name="type">Compute format.</param>
    /// <param name="pool">Side of the max pooling behind the block.</param>
    public FoldedConvolution Fold(ScalarType type, int pool)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor scale, Tensor shift) = norm.AsAffine();
        (Tensor weight, Tensor bias) = conv.Parameters;
        Tensor foldedWeight = ChannelsLast.Make(weight * scale.view(-1, 1, 1, 1, 1)).to_type(type);
        Tensor foldedBias = (bias * scale).Plus(shift).to_type(type);
        return new FoldedConvolution(
            foldedWeight.DetachFromDisposeScope(),
            foldedBias.DetachFromDisposeScope(),
            conv.SpatialPadding,
            pool
        );
    }

    /// <summary>The block for inference with its own pooling.</summary>
    /// <param name="type">Compute format.</param>
    public FoldedConvolution Fold(ScalarType type) => Fold(type, _pool);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            conv.Dispose();
            norm.Dispose();
        }

        base.Dispose(disposing);
    }
}
