using TaskGrain.Inference;
using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Explain.Networks;

/// <summary>
/// The convolutions of a two-channel encoder: <c>conv1</c> to <c>conv6</c> for both channels together, whose maps are
/// added up, <c>2d.conv6</c> and the like for one of them.
/// </summary>
internal sealed class EncoderLayers : ILayeredNetwork
{
    private const string Prefix = "conv";

    // Of the six convolutions the first three keep the picture's size and halve it behind them, the others lose a
    // cell at every border.
    private const int Padded = 3;

    /// <summary>Cells in a row that a map needs to point anywhere: as many as the paper's last map has.</summary>
    private const int LeastCells = 6;

    private readonly InferenceSession _session;
    private readonly FoldedEncoder _encoder;
    private readonly (string Name, FoldedConvolution[] Layers)[] _channels;

    /// <param name="session">The encoder in use; stays the caller's.</param>
    public EncoderLayers(InferenceSession session)
    {
        _session = session;
        _encoder = session.Encoder;
        _channels =
        [
            .. new[] { ("2d", _encoder.Channel2D), ("3d", _encoder.Channel3D) }
                .Where(channel => channel.Item2 is not null)
                .Select(channel => (channel.Item1, channel.Item2!)),
        ];
        Layers = [.. Enumerable.Range(1, _channels[0].Layers.Length).SelectMany(Describe)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExplainableLayer> Layers { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// The paper looks at the layer before the last pooling, whose map has 6×6 cells there. Encoders of smaller
    /// pictures keep fewer cells, of <c>base</c> 2×2, which point nowhere: then it is the last layer with as many as
    /// the paper's.
    /// </remarks>
    public string DefaultLayer =>
        (Layers.LastOrDefault(layer => layer.Width >= LeastCells && IsWhole(layer)) ?? Layers[0]).Name;

    /// <inheritdoc/>
    public int Side => _session.Preprocessing.Clip.CropSize;

    /// <inheritdoc/>
    public LayerTrace Trace(ReadOnlyMemory<byte> pixels, int frames, string layer)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        (string? only, int depth) = Read(layer);
        Tensor input = _session.Clips(pixels, 1, frames);
        var maps = new List<Tensor>();
        var untraced = new Tensor?[_channels.Length];
        for (int i = 0; i < _channels.Length; i++)
        {
            FoldedConvolution[] layers = _channels[i].Layers;
            if (only is null || only == _channels[i].Name)
            {
                maps.Add(layers[depth].Map(FoldedEncoder.Run(layers[..depth], input)).MoveToOuterDisposeScope());
            }
            else
            {
                untraced[i] = Vector(FoldedEncoder.Run(layers, input)).MoveToOuterDisposeScope();
            }
        }

        return new LayerTrace(maps, own => Rest(own, untraced, depth));
    }

    /// <inheritdoc/>
    public MapPlacement Place(ExplainableLayer layer)
    {
        int depth = Read(layer.Name).Depth;
        double stride = 1 << Math.Min(depth, Padded);
        return new MapPlacement(stride * (0.5 + Math.Max(0, depth - Padded + 1)), stride, Side);
    }

    private Tensor Rest(IReadOnlyList<Tensor> maps, Tensor?[] untraced, int depth)
    {
        using var scope = NewDisposeScope();
        var vectors = new List<Tensor>();
        int next = 0;
        for (int i = 0; i < _channels.Length; i++)
        {
            if (untraced[i] is { } known)
            {
                vectors.Add(known.expand(maps[0].shape[0], -1, -1));
                continue;
            }

            FoldedConvolution[] layers = _channels[i].Layers;
            Tensor map = layers[depth].Pool(ChannelsLast.Make(maps[next++]));
            foreach (FoldedConvolution layer in layers.AsSpan(depth + 1))
            {
                map = layer.Pool(layer.Map(map));
            }

            vectors.Add(Vector(map));
        }

        return _encoder.Read(cat(vectors, -1)).MoveToOuterDisposeScope();
    }

    // (N, C, T, 1, 1) to (N, T, C).
    private static Tensor Vector(Tensor pooled) => pooled.flatten(2).transpose(1, 2);

    private (string? Channel, int Depth) Read(string layer)
    {
        string[] parts = layer.Split('.');
        return (parts.Length > 1 ? parts[0] : null, int.Parse(parts[^1].AsSpan(Prefix.Length), provider: null) - 1);
    }

    private static bool IsWhole(ExplainableLayer layer) => !layer.Name.Contains('.', StringComparison.Ordinal);

    private IEnumerable<ExplainableLayer> Describe(int number)
    {
        int cells = number <= Padded ? Side >> (number - 1) : (Side >> Padded) - (2 * (number - Padded));
        string name = $"{Prefix}{number}";
        string which = number == _channels[0].Layers.Length ? "the layer before the last pooling" : $"layer {number}";
        string channels =
            _channels.Length > 1 ? "both channels" : $"the {_channels[0].Name.ToUpperInvariant()} channel";
        yield return new ExplainableLayer(name, $"{which}, {channels}", cells, cells);
        if (_channels.Length > 1)
        {
            foreach ((string channel, _) in _channels)
            {
                string own = $"{which}, the {channel.ToUpperInvariant()} channel alone";
                yield return new ExplainableLayer($"{channel}.{name}", own, cells, cells);
            }
        }
    }
}
