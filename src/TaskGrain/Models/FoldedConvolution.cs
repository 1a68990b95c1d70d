using TaskGrain.Models.Kernels;
using TorchSharp;
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

    /// <summary>The layer's map before pooling, where explanations look; gradients pass through it.</summary>
    /// <param name="input">(N, inputs, T, H, W), channels-last, in the compute format.</param>
    /// <returns>(N, outputs, T, H', W'), channels-last, not negative.</returns>
    public Tensor Map(Tensor input)
    {
        using var scope = NewDisposeScope();
        ScalarType type = GradientFails(input) ? ScalarType.Float32 : input.dtype;
        Tensor wide = input.to_type(type);
        Tensor weight = Weight.to_type(type);
        Tensor bias = Bias.to_type(type);
        Tensor map;
        if (SingleClip.IsSlow(wide))
        {
            map = SingleClip.Convolve(wide, weight, bias, _padding[1]);
        }
        else
        {
            (Tensor kernel, long[] padding) = TemporalKernel.For(wide, weight, _padding);
            map = nn.functional.conv3d(wide, kernel, bias, padding: padding);
        }

        return nn.functional.relu(map.to_type(input.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>The pooling of what <see cref="Map"/> gives; gradients pass through it.</summary>
    /// <param name="map">(N, outputs, T, H', W'), channels-last.</param>
    /// <returns>What <see cref="Apply"/> gives for the same input.</returns>
    public Tensor Pool(Tensor map)
    {
        if (_pool == 1)
        {
            return map.alias();
        }

        using var scope = NewDisposeScope();
        Tensor pooled = nn.functional.max_pool2d(ChannelsLast.AsImages(map), _pool);
        return ChannelsLast.AsClips(pooled, map.shape[0]).MoveToOuterDisposeScope();
    }

    // As in Convolution: libtorch's gradient for two frames in bfloat16 is made of memory nobody wrote.
    private bool GradientFails(Tensor input) =>
        input.dtype == ScalarType.BFloat16
        && input.shape[2] == 2
        && Frames == 3
        && input.device_type == DeviceType.CPU
        && is_grad_enabled();

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
