using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// What is explained: one or more scores of a video, told from its features. Each score reads a copy of the features of
/// its own, so that one pass back gives the gradients of all.
/// </summary>
internal abstract class Objective
{
    /// <summary>Number of scores K.</summary>
    public abstract int Count { get; }

    /// <summary>The scores.</summary>
    /// <param name="features">(K, S, D), float32: a copy of the video's features for each score.</param>
    /// <returns>(K): score k, of copy k.</returns>
    public abstract Tensor Scores(Tensor features);

    /// <summary>How the scores change with the features.</summary>
    /// <param name="features">(S, D), float32.</param>
    /// <returns>(K, S, D).</returns>
    public Tensor Gradient(Tensor features)
    {
        using var scope = NewDisposeScope();
        using IDisposable recorded = inference_mode(false);
        using IDisposable enabled = enable_grad();
        Tensor copies = features.detach().unsqueeze(0).repeat(Count, 1, 1).requires_grad_(true);
        Tensor total = Scores(copies).sum();
        return autograd.grad([total], [copies])[0].MoveToOuterDisposeScope();
    }
}
