using static TorchSharp.torch;

namespace TaskGrain.Explain.Networks;

/// <summary>A network stopped at a layer for some frames, from where it can be gone on with.</summary>
/// <param name="Maps">
/// The layer's map of each channel of the network, (1, C, T, h, w), not negative, without gradients; all of one h and
/// w.
/// </param>
/// <param name="Rest">
/// The rest of the network: from maps (K, C, T, h, w), in the order of <paramref name="Maps"/>, to features (K, T, D),
/// float32; gradients pass through it.
/// </param>
internal sealed record LayerTrace(IReadOnlyList<Tensor> Maps, Func<IReadOnlyList<Tensor>, Tensor> Rest)
{
    /// <summary>Lets the maps outlive the present dispose scope.</summary>
    public LayerTrace MoveToOuterDisposeScope()
    {
        foreach (Tensor map in Maps)
        {
            map.MoveToOuterDisposeScope();
        }

        return this;
    }
}
