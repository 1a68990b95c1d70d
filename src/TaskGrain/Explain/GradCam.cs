using TaskGrain.Explain.Networks;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017) with time: a layer's channels added up, each weighted by how much the score would
/// gain from more of it, for every frame by itself.
/// </summary>
internal static class GradCam
{
    /// <summary>Numbers of maps that are worked on at once; more targets go in several batches.</summary>
    private const long MostNumbers = 1 << 25;

    /// <summary>The maps of several targets, before what speaks against a target is cut off.</summary>
    /// <param name="trace">A network stopped at a layer.</param>
    /// <param name="gradients">(K, T, D): how each target's score changes with the features.</param>
    /// <param name="weights">With what cells are weighted.</param>
    /// <returns>(K, T, h, w), float32: all channels of the network added up.</returns>
    public static Tensor Maps(LayerTrace trace, Tensor gradients, MapWeights weights)
    {
        using var scope = NewDisposeScope();
        long targets = gradients.shape[0];
        long batch = Math.Clamp(MostNumbers / trace.Maps.Max(map => map.numel()), 1, targets);
        var parts = new List<Tensor>();
        for (long first = 0; first < targets; first += batch)
        {
            parts.Add(Batch(trace, gradients.narrow(0, first, Math.Min(batch, targets - first)), weights));
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    /// <summary>How scores change with a layer's maps.</summary>
    /// <param name="trace">A network stopped at a layer.</param>
    /// <param name="gradients">(K, T, D): how the scores change with the features.</param>
    /// <returns>(K, C, T, h, w) for each of the trace's maps.</returns>
    public static IReadOnlyList<Tensor> Gradients(LayerTrace trace, Tensor gradients)
    {
        using var scope = NewDisposeScope();
        using IDisposable recorded = inference_mode(false);
        using IDisposable enabled = enable_grad();

        // A copy of the maps for each target, so that one pass back serves all of them.
        Tensor[] copies =
        [
            .. trace.Maps.Select(map => map.detach().expand(gradients.shape[0], -1, -1, -1, -1).requires_grad_(true)),
        ];
        Tensor features = trace.Rest(copies);
        IList<Tensor> own = autograd.grad([features], copies, [gradients]);
        return [.. own.Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    private static Tensor Batch(LayerTrace trace, Tensor gradients, MapWeights weights)
    {
        using var scope = NewDisposeScope();
        IReadOnlyList<Tensor> own = Gradients(trace, gradients);
        using IDisposable frozen = no_grad();
        Tensor sum = Weighted(trace.Maps[0], own[0], weights);
        for (int i = 1; i < own.Count; i++)
        {
            sum = sum.Plus(Weighted(trace.Maps[i], own[i], weights));
        }

        return sum.MoveToOuterDisposeScope();
    }

    // map: (1, C, T, h, w); gradient: (K, C, T, h, w); gives (K, T, h, w).
    private static Tensor Weighted(Tensor map, Tensor gradient, MapWeights weights)
    {
        Tensor cells = map[0].to_type(ScalarType.Float32); // (C, T, h, w)
        Tensor single = gradient.to_type(ScalarType.Float32);
        if (weights == MapWeights.Cells)
        {
            return (single * cells).sum(1);
        }

        Tensor channels = single.mean([3, 4]); // (K, C, T)
        if (weights == MapWeights.Clip)
        {
            channels = channels.mean([2], keepdim: true).expand(-1, -1, cells.shape[1]);
        }

        // One product a frame: (T, K, C) with (T, C, h·w).
        Tensor product = channels.permute(2, 0, 1).bmm(cells.permute(1, 0, 2, 3).flatten(2)); // (T, K, h·w)
        return product.transpose(0, 1).unflatten(2, cells.shape[2], cells.shape[3]);
    }
}
