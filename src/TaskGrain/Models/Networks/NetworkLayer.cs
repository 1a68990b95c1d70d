using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>
/// A convolution of an image or clip network for inference: the batch norm behind it folded into its weights, ReLU in
/// place, channels last in memory.
/// </summary>
internal sealed class NetworkLayer : IDisposable
{
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly long[] _stride;
    private readonly long[] _padding;

    /// <param name="weight">(outputs, inputs, [T,] H, W), folded; any layout and format.</param>
    /// <param name="bias">(outputs), folded.</param>
    /// <param name="stride">Step in every direction, [T,] H, W.</param>
    /// <param name="padding">Zeros on either side in every direction, [T,] H, W.</param>
    /// <param name="type">The compute format.</param>
    /// <param name="device">Where it computes.</param>
    private NetworkLayer(Tensor weight, Tensor bias, long[] stride, long[] padding, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        _weight = ChannelsLast(weight.to(type, device)).DetachFromDisposeScope();
        _bias = bias.to(type, device, copy: true).DetachFromDisposeScope();
        _stride = stride;
        _padding = padding;
    }

    /// <summary>A convolution with a batch norm behind it.</summary>
    /// <param name="weights">The network's weights, float32 (or anything that is turned into it).</param>
    /// <param name="convolution">Name of the convolution, such as <c>layer1.0.conv1</c>.</param>
    /// <param name="norm">Name of the batch norm.</param>
    /// <param name="stride">Step in every direction.</param>
    /// <param name="padding">Zeros on either side.</param>
    /// <param name="type">The compute format.</param>
    /// <param name="device">Where it computes.</param>
    public static NetworkLayer Folded(
        IReadOnlyDictionary<string, Tensor> weights,
        string convolution,
        string norm,
        long[] stride,
        long[] padding,
        ScalarType type,
        Device device
    )
    {
        using var scope = NewDisposeScope();

        // In float64: the statistics of a trained network span many orders of magnitude, and it is done once.
        Tensor Of(string name) => weights[name].detach().to(ScalarType.Float64);
        Tensor scale = Of($"{norm}.weight") / Of($"{norm}.running_var").Plus(BatchNormalisation.Epsilon).sqrt();
        Tensor weight = weights[$"{convolution}.weight"].detach();
        long[] broadcast = [.. weight.shape.Select((size, i) => i == 0 ? size : 1)];
        return new NetworkLayer(
            (weight.to(ScalarType.Float64) * scale.reshape(broadcast)).to(ScalarType.Float32),
            (Of($"{norm}.bias") - (Of($"{norm}.running_mean") * scale)).to(ScalarType.Float32),
            stride,
            padding,
            type,
            device
        );
    }

    /// <summary>A convolution with a bias and nothing behind it.</summary>
    public static NetworkLayer Plain(
        IReadOnlyDictionary<string, Tensor> weights,
        string convolution,
        long[] stride,
        long[] padding,
        ScalarType type,
        Device device
    ) =>
        new(
            weights[$"{convolution}.weight"].detach(),
            weights[$"{convolution}.bias"].detach(),
            stride,
            padding,
            type,
            device
        );

    /// <summary>The same numbers with the channels last in memory.</summary>
    /// <param name="map">(N, C, H, W) or (N, C, T, H, W).</param>
    public static Tensor ChannelsLast(Tensor map) =>
        map.Dimensions == 4 ? map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : Models.ChannelsLast.Make(map);

    /// <param name="map">(N, inputs, [T,] H, W), channels last, in the compute format.</param>
    /// <param name="relu">Whether ReLU follows.</param>
    /// <returns>(N, outputs, [T',] H', W'), channels last.</returns>
    public Tensor Apply(Tensor map, bool relu = true)
    {
        using var scope = NewDisposeScope();
        Tensor result = map.Dimensions == 4 ? nn.functional.conv2d(map, _weight, _bias, _stride, _padding) : Clips(map);
        return (relu ? nn.functional.relu(result, inplace: true) : result).MoveToOuterDisposeScope();
    }

    private Tensor Clips(Tensor map)
    {
        (Tensor kernel, long[] padding) = TemporalKernel.For(map, _weight, _padding);
        return nn.functional.conv3d(map, kernel, _bias, _stride, padding);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }
}
