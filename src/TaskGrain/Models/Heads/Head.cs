using TaskGrain.Runtime;

namespace TaskGrain.Models.Heads;

/// <summary>A named block of a head's parameters, for the model file.</summary>
/// <param name="Name">Such as <c>lstm_forward.weight</c>.</param>
/// <param name="Rows">First dimension.</param>
/// <param name="Columns">Second dimension; 0 for a vector.</param>
internal readonly record struct ParameterBlock(string Name, int Rows, int Columns)
{
    public int Length => Rows * Math.Max(1, Columns);
}

/// <summary>
/// One replica of a classifier on feature sequences. All parameters lie in one array (weights first, biases last),
/// so that the optimiser and the model file need not know the layers.
/// </summary>
internal abstract class Head
{
    protected Head(IReadOnlyList<ParameterBlock> layout, int weights)
    {
        Layout = layout;
        Weights = weights;
        int count = layout.Sum(block => block.Length);
        Parameters = new float[count];
        Gradient = new float[count];
    }

    /// <summary>The parameters' blocks, in the order they lie in <see cref="Parameters"/>.</summary>
    public IReadOnlyList<ParameterBlock> Layout { get; }

    /// <summary>How many of the first parameters are weights; the rest are biases and are not decayed.</summary>
    public int Weights { get; }

    public float[] Parameters { get; }

    /// <summary>Set by <see cref="Backpropagate"/>.</summary>
    public float[] Gradient { get; }

    /// <summary>Makes a head of the given kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="width">Length of a vector.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="hidden">
    /// Hidden units of the MLP, or of the LSTM in a direction; without meaning for the others.
    /// </param>
    /// <param name="stepStride">A training update of a stepwise head reads every n-th vector.</param>
    public static Head Create(ClassifierKind kind, int width, int classes, int hidden, int stepStride = 1) =>
        kind switch
        {
            ClassifierKind.LogisticRegression => new StepwiseHead(width, hidden: 0, classes, stepStride),
            ClassifierKind.Mlp => new StepwiseHead(width, hidden, classes, stepStride),
            ClassifierKind.BiLstm => new BiLstmHead(width, hidden, classes),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such classifier"),
        };

    /// <summary>Draws the starting weights.</summary>
    public abstract void Initialise(SeededRandom random);

    /// <summary>The gradient of the mean cross-entropy over a batch of clips.</summary>
    /// <param name="set">The clips.</param>
    /// <param name="batch">Which of them.</param>
    /// <param name="dropout">Probability that an input of the last layer is dropped.</param>
    /// <param name="random">Draws the dropped ones.</param>
    /// <returns>The loss in nats.</returns>
    public abstract double Backpropagate(SequenceSet set, ReadOnlySpan<int> batch, double dropout, SeededRandom random);

    /// <summary>Class probabilities of some clips.</summary>
    /// <param name="set">The clips.</param>
    /// <param name="batch">Which of them.</param>
    /// <param name="probabilities">(batch, classes), filled.</param>
    public abstract void Predict(SequenceSet set, ReadOnlySpan<int> batch, Span<float> probabilities);

    /// <summary>Fills a block with uniform numbers in ±<paramref name="bound"/>.</summary>
    protected static void FillUniform(Span<float> block, double bound, SeededRandom random)
    {
        foreach (ref float value in block)
        {
            value = (float)random.NextDouble(-bound, bound);
        }
    }

    /// <summary>Multiplies by 0 or 1/(1 − p), and keeps the factors for the way back.</summary>
    protected static void DropOut(Span<float> values, Span<float> factors, double probability, SeededRandom random)
    {
        float keep = (float)(1 / (1 - probability));
        for (int i = 0; i < values.Length; i++)
        {
            factors[i] = probability > 0 && random.NextBool(probability) ? 0 : keep;
            values[i] *= factors[i];
        }
    }
}
