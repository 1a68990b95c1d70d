using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models.Baselines;

/// <summary>
/// The paper's "MLP 1024" on a frame's features (Section 5.2): a hidden layer, ReLU, dropout, and a layer of classes.
/// </summary>
internal sealed class FrameClassifier : Module<Tensor, Tensor>
{
    private readonly double _dropout;
    private readonly Linear hidden;
    private readonly Linear output;

    /// <summary>Makes a classifier with random weights (PyTorch's default distribution).</summary>
    /// <param name="featureSize">Length D of a frame's features.</param>
    /// <param name="units">Hidden units.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="dropout">Probability that a hidden unit is dropped in training.</param>
    /// <param name="random">Draws the weights.</param>
    public FrameClassifier(int featureSize, int units, int classes, double dropout, SeededRandom random)
        : base(NativeLibraries.LoadedFor(nameof(FrameClassifier)))
    {
        _dropout = dropout;
        hidden = Linear(featureSize, units);
        output = Linear(units, classes);
        RegisterComponents();
        Initialisation.Linear(hidden, random.Derive(1));
        Initialisation.Linear(output, random.Derive(2));
    }

    /// <summary>Classifies frames, each by itself.</summary>
    /// <param name="input">(…, D), float32.</param>
    /// <returns>(…, classes), float32 logits.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor units = functional.dropout(functional.relu(hidden.call(input)), _dropout, training);
        return output.call(units).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hidden.Dispose();
            output.Dispose();
        }

        base.Dispose(disposing);
    }
}
