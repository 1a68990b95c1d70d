using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Hands a tensor on as it is, and tells when the backward pass has come back to it: TorchSharp has no hooks for
/// gradients.
/// </summary>
internal sealed class GradientMark : autograd.SingleTensorFunction<GradientMark>
{
    private const string ReachedKey = "reached";

    /// <inheritdoc/>
    public override string Name => nameof(GradientMark);

    /// <summary>Marks a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="reached">Called in the backward pass, once; must not throw.</param>
    /// <returns>The tensor, by another name.</returns>
    public static Tensor Of(Tensor tensor, Action reached) => apply(tensor, reached);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var tensor = (Tensor)vars[0];
        ctx.save_data(ReachedKey, vars[1]);
        return tensor.view_as(tensor);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ((Action)ctx.get_data(ReachedKey))();
        return [grad_output.view_as(grad_output), null!];
    }
}
