using TaskGrain.Inference.Features;
using TaskGrain.Models.Networks;
using static TorchSharp.torch;

namespace TaskGrain.Explain.Networks;

/// <summary>
/// The stages of a residual network of images, such as <c>imagenet-resnet18</c>, which sees every frame by itself:
/// <c>stem</c>, <c>layer1</c> to <c>layer4</c>.
/// </summary>
internal sealed class ResidualLayers : ILayeredNetwork
{
    // The stem's convolution and pooling, and the first block of each later stage, halve the picture.
    private const int StemStride = 4;

    private readonly NetworkWithInput _network;
    private readonly ResidualNetwork _stages;

    /// <param name="network">The network in use, one that <see cref="Fits"/>; stays the caller's.</param>
    public ResidualLayers(NetworkWithInput network)
    {
        _network = network;
        NetworkArchitecture architecture = network.Network.Architecture;
        _stages = (ResidualNetwork)network.Network;
        Layers =
        [
            .. _stages.Stages.Select(
                (name, stage) =>
                {
                    int cells = Side / StrideOf(stage);
                    string what = stage == 0 ? "the stem" : $"stage {stage} of {architecture.Blocks.Count}";
                    return new ExplainableLayer(name, $"{what} of {architecture}", cells, cells);
                }
            ),
        ];
    }

    /// <summary>Whether it is a residual network of images.</summary>
    public static bool Fits(NetworkWithInput network) =>
        network.Network is ResidualNetwork && network.Network.Architecture.Frames == 1;

    /// <inheritdoc/>
    public IReadOnlyList<ExplainableLayer> Layers { get; }

    /// <inheritdoc/>
    public string DefaultLayer => Layers[^1].Name;

    /// <inheritdoc/>
    public int Side => _network.Network.Architecture.Side;

    /// <inheritdoc/>
    public LayerTrace Trace(ReadOnlyMemory<byte> pixels, int frames, string layer)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        int stage = StageOf(layer);
        Tensor input = _network.Normaliser.Apply(pixels, (frames, 1, Side, Side), clips: false);
        Tensor images = _stages.UpTo(NetworkLayer.ChannelsLast(input.to(_stages.Type, _stages.Device)), stage);
        Tensor clip = images.unsqueeze(0).transpose(1, 2); // (1, C, T, h, w)
        return new LayerTrace([clip.MoveToOuterDisposeScope()], maps => Rest(maps[0], stage));
    }

    /// <inheritdoc/>
    public MapPlacement Place(ExplainableLayer layer) => MapPlacement.Stretched(layer.Width, Side);

    private Tensor Rest(Tensor map, int stage)
    {
        using var scope = NewDisposeScope();
        long clips = map.shape[0];
        Tensor images = NetworkLayer.ChannelsLast(map.transpose(1, 2).flatten(0, 1));
        return _stages.From(images, stage).reshape(clips, map.shape[2], -1).MoveToOuterDisposeScope();
    }

    private static int StrideOf(int stage) => StemStride << Math.Max(0, stage - 1);

    private int StageOf(string layer) => Layers.Select(one => one.Name).ToList().IndexOf(layer);
}
