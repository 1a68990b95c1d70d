using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>
/// A residual block: two 3×3 convolutions, or a 1×1, a 3×3 and a 1×1 one (a bottleneck, the step in the 3×3 one as in
/// torchvision), added to the block's input, then ReLU.
/// </summary>
internal sealed class ResidualBlock : IDisposable
{
    private readonly NetworkLayer[] _layers;
    private readonly NetworkLayer? _downsample;
    private readonly int _stride;

    /// <param name="layers">The convolutions of the main way.</param>
    /// <param name="downsample">The 1×1 convolution of the shortcut; null where it has no weights.</param>
    /// <param name="stride">Step of the block; 2 where it halves the map.</param>
    public ResidualBlock(NetworkLayer[] layers, NetworkLayer? downsample, int stride)
    {
        _layers = layers;
        _downsample = downsample;
        _stride = stride;
    }

    /// <param name="input">(N, inputs, [T,] H, W), channels last; stays as it is.</param>
    /// <returns>(N, outputs, [T',] H', W').</returns>
    public Tensor Apply(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor map = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor next = _layers[i].Apply(map, relu: i < _layers.Length - 1);
            if (i > 0)
            {
                map.Dispose();
            }

            map = next;
        }

        if (_downsample is not null)
        {
            map.AddInPlace(_downsample.Apply(input, relu: false));
        }
        else if (_stride == 1)
        {
            map.AddInPlace(input);
        }
        else
        {
            AddTypeA(map, input);
        }

        return nn.functional.relu(map, inplace: true).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NetworkLayer layer in _layers)
        {
            layer.Dispose();
        }

        _downsample?.Dispose();
    }

    // The new channels of a type-A shortcut are zeros: adding them is not needed.
    private void AddTypeA(Tensor map, Tensor input)
    {
        TensorIndex every = TensorIndex.Slice(step: _stride);
        TensorIndex all = TensorIndex.Colon;
        Tensor thinned = input.index(all, all, every, every, every);
        map.narrow(1, 0, input.shape[1]).AddInPlace(thinned);
    }
}
