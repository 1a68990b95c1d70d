using TaskGrain.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>The action classifier: a linear layer on the clip's encoding (Section 4.2).</summary>
internal sealed class ActionClassifier : Module<Tensor, Tensor>
{
    private readonly ClassifierPooling _pooling;
    private readonly Linear output;

    /// <summary>Makes a classifier with random weights (PyTorch's default distribution).</summary>
    /// <param name="featureSize">Length D of the encoder's feature vectors.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="pooling">How time steps are pooled.</param>
    /// <param name="random">Draws the weights; null for a fixed seed.</param>
    public ActionClassifier(
        int featureSize,
        int classes,
        ClassifierPooling pooling = ClassifierPooling.MeanFeatures,
        SeededRandom? random = null
    )
        : this(random ?? new SeededRandom(Initialisation.DefaultSeed), featureSize, classes, pooling) { }

    private ActionClassifier(SeededRandom? random, int featureSize, int classes, ClassifierPooling pooling)
        : base(NativeLibraries.LoadedFor(nameof(ActionClassifier)))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _pooling = pooling;
        Classes = classes;
        output = Linear(featureSize, classes);
        RegisterComponents();
        Initialisation.Linear(output, random);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Classifies clips.</summary>
    /// <param name="input">(N, T, D), float32: the encoder's features.</param>
    /// <returns>
    /// (N, classes), float32 logits. With <see cref="ClassifierPooling.MeanLogProbabilities"/> they are means of
    /// log-probabilities, whose softmax is the (normalised) geometric mean of the steps' predictions.
    /// </returns>
    public override Tensor forward(Tensor input) =>
        _pooling switch
        {
            ClassifierPooling.MeanFeatures => output.call(input.mean([1])),
            ClassifierPooling.MeanLogProbabilities => functional.log_softmax(output.call(input), -1).mean([1]),
            _ => throw new InvalidOperationException($"Unknown pooling {_pooling}."),
        };

    /// <summary>A classifier whose weights are not drawn, for a file to fill.</summary>
    internal static ActionClassifier Unfilled(int featureSize, int classes, ClassifierPooling pooling) =>
        new(random: null, featureSize, classes, pooling);

    /// <summary>A copy that shares nothing with this one and is not in training, on the same device.</summary>
    internal ActionClassifier Copy()
    {
        ActionClassifier copy = Unfilled((int)output.weight!.shape[1], Classes, _pooling);
        copy.to(output.weight.device);
        Initialisation.Keep(copy);
        copy.load_state_dict(state_dict());
        copy.eval();
        return copy;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            output.Dispose();
        }

        base.Dispose(disposing);
    }
}
