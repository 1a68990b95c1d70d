using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>Scores of classes, or differences of them.</summary>
/// <param name="scores">
/// From features (K, S, D) to scores (K, classes) whose softmax is the model's probability.
/// </param>
/// <param name="weights">
/// For each target the weight of every class's score: 1 for a class, 1 and −1 for a contrast.
/// </param>
internal sealed class ClassObjective(Func<Tensor, Tensor> scores, IReadOnlyList<float[]> weights) : Objective
{
    /// <inheritdoc/>
    public override int Count => weights.Count;

    /// <inheritdoc/>
    public override Tensor Scores(Tensor features)
    {
        Tensor all = scores(features);
        Tensor rows = tensor([.. weights.SelectMany(row => row)]).reshape(weights.Count, -1).to(all.device);
        return (all * rows).sum(1);
    }
}
