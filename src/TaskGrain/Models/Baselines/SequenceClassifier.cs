using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models.Baselines;

/// <summary>
/// The paper's "LSTM 1024" over the features of frames (Section 5.2): one layer forwards in time, whose states are
/// averaged and classified.
/// </summary>
internal sealed class SequenceClassifier : Module<Tensor, Tensor>
{
    private readonly double _dropout;
    private readonly LSTM lstm;
    private readonly ActionClassifier classifier;

    /// <summary>Makes a classifier with random weights (PyTorch's default distributions).</summary>
    /// <param name="featureSize">Length D of a frame's features.</param>
    /// <param name="units">Units of the LSTM.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="dropout">Probability that an entry of a state is dropped before the classifier in training.</param>
    /// <param name="random">Draws the weights.</param>
    public SequenceClassifier(int featureSize, int units, int classes, double dropout, SeededRandom random)
        : base(NativeLibraries.LoadedFor(nameof(SequenceClassifier)))
    {
        _dropout = dropout;
        lstm = LSTM(featureSize, units, batchFirst: true);
        classifier = new ActionClassifier(units, classes, ClassifierPooling.MeanFeatures, random.Derive(2));
        RegisterComponents();
        Initialisation.Lstm(lstm, units, random.Derive(1));
    }

    /// <summary>Classifies clips.</summary>
    /// <param name="input">(N, T, D), float32: the features of frames in the order of time.</param>
    /// <returns>(N, classes), float32 logits.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        (Tensor states, _, _) = lstm.call(input);
        return classifier.call(functional.dropout(states, _dropout, training)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lstm.Dispose();
            classifier.Dispose();
        }

        base.Dispose(disposing);
    }
}
