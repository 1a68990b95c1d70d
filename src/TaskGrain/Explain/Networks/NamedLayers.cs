namespace TaskGrain.Explain.Networks;

/// <summary>A network among others, whose layers bear its name: <c>encoder@clip:conv4</c>.</summary>
/// <param name="network">The network.</param>
/// <param name="name">Its name.</param>
internal sealed class NamedLayers(ILayeredNetwork network, string name) : ILayeredNetwork
{
    private readonly string _prefix = $"{name}:";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainableLayer> Layers { get; } =
    [
        .. network.Layers.Select(layer =>
            layer with
            {
                Name = $"{name}:{layer.Name}",
                Description = $"{layer.Description}, of {name}",
            }
        ),
    ];

    /// <inheritdoc/>
    public string DefaultLayer => _prefix + network.DefaultLayer;

    /// <inheritdoc/>
    public int Side => network.Side;

    /// <inheritdoc/>
    public LayerTrace Trace(ReadOnlyMemory<byte> pixels, int frames, string layer) =>
        network.Trace(pixels, frames, Own(layer));

    /// <inheritdoc/>
    public MapPlacement Place(ExplainableLayer layer) => network.Place(layer with { Name = Own(layer.Name) });

    private string Own(string layer) => layer[_prefix.Length..];
}
