namespace TaskGrain.Explain.Networks;

/// <summary>A frozen network of one feature vector a frame that can be entered at its layers.</summary>
internal interface ILayeredNetwork
{
    /// <summary>The layers, from the input on; those that stand for several channels before their parts.</summary>
    IReadOnlyList<ExplainableLayer> Layers { get; }

    /// <summary>The layer to look at where none is named.</summary>
    string DefaultLayer { get; }

    /// <summary>Side of the square picture that it reads, in pixels.</summary>
    int Side { get; }

    /// <summary>Runs frames up to a layer, without gradients.</summary>
    /// <param name="pixels">(T, Side, Side, 3), RGB bytes.</param>
    /// <param name="frames">T.</param>
    /// <param name="layer">One of <see cref="Layers"/>, by name.</param>
    /// <returns>Where it stopped.</returns>
    LayerTrace Trace(ReadOnlyMemory<byte> pixels, int frames, string layer);

    /// <summary>Where a layer's cells lie in the picture.</summary>
    MapPlacement Place(ExplainableLayer layer);
}
