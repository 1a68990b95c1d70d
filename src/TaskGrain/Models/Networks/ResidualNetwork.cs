using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>
/// ResNet on images or clips: a 7×7 (7×7×7) convolution, max pooling, four stages of residual blocks, the average over
/// the map.
/// </summary>
internal sealed class ResidualNetwork : PretrainedNetwork
{
    private const int StemWidth = 64;
    private const int StemKernel = 7;
    private const int Expansion = 4;

    private readonly NetworkLayer _stem;
    private readonly ResidualBlock[] _blocks;

    public ResidualNetwork(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights,
        ScalarType type,
        Device device
    )
        : base(architecture, weights, type, device)
    {
        bool clips = architecture.Frames > 1;
        long[] Step(int side, int frames) => clips ? [frames, side, side] : [side, side];
        NetworkLayer Layer(string convolution, string norm, int stride, int padding) =>
            NetworkLayer.Folded(weights, convolution, norm, Step(stride, stride), Step(padding, padding), type, device);

        // The stem keeps the time: it strides in space alone.
        _stem = NetworkLayer.Folded(weights, "conv1", "bn1", Step(2, 1), Step(3, 3), type, device);
        _blocks =
        [
            .. BlockPlan(architecture)
                .Select(block => new ResidualBlock(
                    architecture.Bottleneck
                        ?
                        [
                            Layer($"{block.Name}.conv1", $"{block.Name}.bn1", 1, 0),
                            Layer($"{block.Name}.conv2", $"{block.Name}.bn2", block.Stride, 1),
                            Layer($"{block.Name}.conv3", $"{block.Name}.bn3", 1, 0),
                        ]
                        :
                        [
                            Layer($"{block.Name}.conv1", $"{block.Name}.bn1", block.Stride, 1),
                            Layer($"{block.Name}.conv2", $"{block.Name}.bn2", 1, 1),
                        ],
                    block.Downsample
                        ? Layer($"{block.Name}.downsample.0", $"{block.Name}.downsample.1", block.Stride, 0)
                        : null,
                    block.Stride
                )),
        ];
    }

    /// <summary>Names and shapes of the weights.</summary>
    public static IEnumerable<NetworkTensor> Layout(NetworkArchitecture architecture)
    {
        bool clips = architecture.Frames > 1;
        long[] Kernel(int side) => clips ? [side, side, side] : [side, side];
        IEnumerable<NetworkTensor> Pair(string convolution, string norm, int outputs, int inputs, int side)
        {
            yield return new NetworkTensor($"{convolution}.weight", [outputs, inputs, .. Kernel(side)]);
            foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" })
            {
                yield return new NetworkTensor($"{norm}.{part}", [outputs]);
            }
        }

        List<NetworkTensor> all = [.. Pair("conv1", "bn1", StemWidth, PixelTensor.Channels, StemKernel)];
        foreach (Block block in BlockPlan(architecture))
        {
            (int width, int side)[] layers = architecture.Bottleneck
                ? [(block.Width, 1), (block.Width, 3), (block.Width * Expansion, 1)]
                : [(block.Width, 3), (block.Width, 3)];
            int inputs = block.Inputs;
            for (int i = 0; i < layers.Length; i++)
            {
                string conv = $"{block.Name}.conv{i + 1}";
                all.AddRange(Pair(conv, $"{block.Name}.bn{i + 1}", layers[i].width, inputs, layers[i].side));
                inputs = layers[i].width;
            }

            if (block.Downsample)
            {
                all.AddRange(Pair($"{block.Name}.downsample.0", $"{block.Name}.downsample.1", inputs, block.Inputs, 1));
            }
        }

        all.Add(new NetworkTensor("fc.weight", [-1, architecture.FeatureSize], Optional: true));
        all.Add(new NetworkTensor("fc.bias", [-1], Optional: true));
        return all;
    }

    /// <summary>Names of the places where its maps can be looked at, from the input on.</summary>
    public IReadOnlyList<string> Stages =>
        ["stem", .. Enumerable.Range(1, Architecture.Blocks.Count).Select(stage => $"layer{stage}")];

    /// <summary>The network up to a stage.</summary>
    /// <param name="input">(N, 3, [T,] H, W), channels last, in the compute format.</param>
    /// <param name="stage">Place in <see cref="Stages"/>.</param>
    /// <returns>The stage's map, not negative.</returns>
    public Tensor UpTo(Tensor input, int stage)
    {
        bool clips = Architecture.Frames > 1;
        using var scope = NewDisposeScope();
        Tensor stem = _stem.Apply(input);
        Tensor map = clips
            ? nn.functional.max_pool3d(stem, [3, 3, 3], [2, 2, 2], [1, 1, 1])
            : nn.functional.max_pool2d(stem, [3, 3], [2, 2], [1, 1]);
        stem.Dispose();
        return Run(map, 0, BlocksUpTo(stage)).MoveToOuterDisposeScope();
    }

    /// <summary>The network from a stage on; gradients pass through it.</summary>
    /// <param name="map">What <see cref="UpTo"/> gives; stays as it is.</param>
    /// <param name="stage">The same place.</param>
    /// <returns>(N, D), float32.</returns>
    public Tensor From(Tensor map, int stage)
    {
        using var scope = NewDisposeScope();
        Tensor last = Run(map.alias(), BlocksUpTo(stage), _blocks.Length);

        // Summed in float32: a mean over hundreds of bfloat16 values would lose what distinguishes them.
        return last.to(ScalarType.Float32).flatten(2).mean([2]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override Tensor Penultimate(Tensor input)
    {
        using var scope = NewDisposeScope();
        int last = Architecture.Blocks.Count;
        return From(UpTo(input, last), last).MoveToOuterDisposeScope();
    }

    private int BlocksUpTo(int stage) => Architecture.Blocks.Take(stage).Sum();

    private Tensor Run(Tensor map, int first, int end)
    {
        foreach (ResidualBlock block in _blocks.AsSpan(first..end))
        {
            Tensor next = block.Apply(map);
            map.Dispose();
            map = next;
        }

        return map;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _stem.Dispose();
        foreach (ResidualBlock block in _blocks)
        {
            block.Dispose();
        }
    }

    private static IEnumerable<Block> BlockPlan(NetworkArchitecture architecture)
    {
        int inputs = StemWidth;
        for (int stage = 0; stage < architecture.Blocks.Count; stage++)
        {
            int width = StemWidth << stage;
            int outputs = architecture.Bottleneck ? width * Expansion : width;
            for (int i = 0; i < architecture.Blocks[stage]; i++)
            {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                bool changes = stride != 1 || inputs != outputs;
                yield return new Block(
                    $"layer{stage + 1}.{i}",
                    inputs,
                    width,
                    stride,
                    changes && architecture.Family == NetworkFamily.ResNet
                );
                inputs = outputs;
            }
        }
    }

    private sealed record Block(string Name, int Inputs, int Width, int Stride, bool Downsample);
}
