using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// The tensors of a <see cref="TaughtHead"/>, kept with the model so that they are saved, loaded and freed with it.
/// What they compute is the business of the transfer classifiers; nothing here is trained.
/// </summary>
public sealed class TaughtWeights : nn.Module
{
    /// <summary>Makes tensors of zeros, float32, on the CPU.</summary>
    /// <param name="head">Names and shapes.</param>
    public TaughtWeights(TaughtHead head)
        : base(NativeLibraries.LoadedFor(nameof(TaughtWeights)))
    {
        ArgumentNullException.ThrowIfNull(head);
        foreach (TaughtTensor part in head.Tensors)
        {
            register_buffer(part.Name, zeros([.. part.Shape]).DetachFromDisposeScope());
        }
    }

    /// <summary>A tensor's numbers, row-major.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="TaskGrainException">There is none of this name.</exception>
    public float[] Read(string name) => [.. Find(name).cpu().contiguous().data<float>()];

    /// <summary>Sets a tensor's numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">As many as it has, row-major.</param>
    /// <exception cref="TaskGrainException">There is none of this name.</exception>
    public void Write(string name, float[] values)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor own = Find(name);
        own.copy_(tensor(values).reshape(own.shape));
    }

    private Tensor Find(string name) =>
        get_buffer(name) ?? throw new TaskGrainException($"the model's taught head has no tensor '{name}'.");
}
