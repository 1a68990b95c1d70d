using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>
/// VGG without batch norms: five stages of 3×3 convolutions with max pooling behind each, two linear layers of 4,096
/// with ReLU (dropout is for training), and the classifier.
/// </summary>
internal sealed class VggNetwork : PretrainedNetwork
{
    private const int FirstWidth = 64;
    private const int LastWidth = 512;
    private const int LastSide = 7;

    private readonly NetworkLayer[][] _stages;
    private readonly Tensor[] _linear;

    public VggNetwork(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights,
        ScalarType type,
        Device device
    )
        : base(architecture, weights, type, device)
    {
        _stages =
        [
            .. Stages(architecture)
                .Select(stage =>
                    stage
                        .Select(layer => NetworkLayer.Plain(weights, layer.Name, [1, 1], [1, 1], type, device))
                        .ToArray()
                ),
        ];
        _linear =
        [
            .. new[] { "classifier.0.weight", "classifier.0.bias", "classifier.3.weight", "classifier.3.bias" }.Select(
                name => weights[name].detach().to(type, device, copy: true).DetachFromDisposeScope()
            ),
        ];
    }

    /// <summary>Names and shapes of the weights.</summary>
    public static IEnumerable<NetworkTensor> Layout(NetworkArchitecture architecture)
    {
        foreach ((string name, int inputs, int outputs) in Stages(architecture).SelectMany(stage => stage))
        {
            yield return new NetworkTensor($"{name}.weight", [outputs, inputs, 3, 3]);
            yield return new NetworkTensor($"{name}.bias", [outputs]);
        }

        int hidden = architecture.FeatureSize;
        yield return new NetworkTensor("classifier.0.weight", [hidden, LastWidth * LastSide * LastSide]);
        yield return new NetworkTensor("classifier.0.bias", [hidden]);
        yield return new NetworkTensor("classifier.3.weight", [hidden, hidden]);
        yield return new NetworkTensor("classifier.3.bias", [hidden]);
        yield return new NetworkTensor($"{architecture.Classifier}.weight", [-1, hidden], Optional: true);
        yield return new NetworkTensor($"{architecture.Classifier}.bias", [-1], Optional: true);
    }

    /// <inheritdoc/>
    protected override Tensor Penultimate(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor map = input.alias();
        foreach (NetworkLayer[] stage in _stages)
        {
            foreach (NetworkLayer layer in stage)
            {
                Tensor next = layer.Apply(map);
                map.Dispose();
                map = next;
            }

            Tensor pooled = nn.functional.max_pool2d(map, [2, 2], [2, 2]);
            map.Dispose();
            map = pooled;
        }

        // Rows of the first linear layer's weights count the channels first, whatever the layout in memory.
        Tensor vector = map.flatten(1);
        for (int i = 0; i < _linear.Length; i += 2)
        {
            vector = nn.functional.relu(nn.functional.linear(vector, _linear[i], _linear[i + 1]), inplace: true);
        }

        return vector.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        foreach (NetworkLayer layer in _stages.SelectMany(stage => stage))
        {
            layer.Dispose();
        }

        foreach (Tensor tensor in _linear)
        {
            tensor.Dispose();
        }
    }

    // The names count every layer of torchvision's sequence: convolution, ReLU, …, max pooling.
    private static IEnumerable<IReadOnlyList<(string Name, int Inputs, int Outputs)>> Stages(
        NetworkArchitecture architecture
    )
    {
        int index = 0;
        int inputs = PixelTensor.Channels;
        for (int stage = 0; stage < architecture.Blocks.Count; stage++)
        {
            int outputs = Math.Min(FirstWidth << stage, LastWidth);
            var layers = new (string, int, int)[architecture.Blocks[stage]];
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i] = ($"features.{index}", inputs, outputs);
                inputs = outputs;
                index += 2;
            }

            index++;
            yield return layers;
        }
    }
}
