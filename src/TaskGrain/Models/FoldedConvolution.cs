using TaskGrain.Models.Kernels;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// A convolution with the batch norm behind it folded into its weights (a batch norm with fixed statistics is a scale
/// and a shift of each channel), then max pooling, then ReLU. Pooling first is the same, as both are monotonous, and
/// leaves ReLU a quarter of the work.
/// </summary>
internal sealed class FoldedConvolution : IDisposable
{
    private readonly long[] _padding;
    private readonly int _pool;

    /// <param name="weight">(outputs, inputs, frames, 3, 3), folded, channels-last, in the compute format.</param>
    /// <param name="bias">(outputs), folded, in the compute format.</param>
    /// <param name="spatialPadding">Padding of height and width.</param>
    /// <param name="pool">Side of the max pooling behind it; 1 for none.</param>
    public FoldedConvolution(Tensor weight, Tensor bias, long spatialPadding, int pool)
    {
        Weight = weight;
        Bias = bias;
        _padding = [weight.shape[2] / 2, spatialPadding, spatialPadding];
        _pool = pool;
    }

    /// <summary>(outputs, inputs, frames, 3, 3), channels-last.</summary>
    public Tensor Weight { get; }

    /// <summary>(outputs).</summary>
    public Tensor Bias { get; }

    /// <summary>Kernel size in time.</summary>
    public int Frames => (int)Weight.shape[2];

    /// <param name="input">(N, inputs, T, H, W), channels-last, in the compute format.</param>
    /// <param name="padTime">
    /// Pad time with zeros, so that T stays; else it shrinks by the kernel's size less one.
    /// </param>
    /// <returns>(N, outputs, T', H', W'), channels-last.</returns>
    public Tensor Apply(Tensor input, bool padTime = true)
    {
        using var scope = NewDisposeScope();
        Tensor map =
            padTime && SingleClip.IsSlow(input)
                ? SingleClip.Convolve(input, Weight, Bias, _padding[1])
                : Convolve(input, padTime);
        return (
            _pool > 1 ? MaxPoolRelu.Apply(map, _pool) : nn.functional.relu(map, inplace: true)
        ).MoveToOuterDisposeScope();
    }

    private Tensor Convolve(Tensor input, bool padTime)
    {
        long[] padding = padTime ? _padding : [0, _padding[1], _padding[2]];
        (Tensor kernel, padding) = TemporalKernel.For(input, Weight, padding);
        return nn.functional.conv3d(input, kernel, Bias, padding: padding);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weight.Dispose();
        Bias.Dispose();
    }
}
