namespace TaskGrain.Models.Heads;

/// <summary>A classifier trained on the features of a few clips. Safe to use from several threads.</summary>
internal abstract class FewShotClassifier
{
    private protected FewShotClassifier(ClassifierKind kind, int classes, int dimension)
    {
        Kind = kind;
        Classes = classes;
        Dimension = dimension;
    }

    /// <summary>The kind of classifier.</summary>
    public ClassifierKind Kind { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>D, the length of the vectors it reads.</summary>
    public int Dimension { get; }

    /// <summary>Hidden units (MLP, LSTM); 0 for kinds without.</summary>
    internal virtual int Hidden => 0;

    /// <summary>Class probabilities of one clip.</summary>
    /// <param name="clip">(T, D), with any T.</param>
    /// <returns>One probability a class; their sum is 1.</returns>
    public float[] Predict(FeatureSequence clip) => Predict([clip])[0];

    /// <summary>Class probabilities of clips.</summary>
    /// <param name="clips">(T, D) each, with any T.</param>
    /// <returns>One row a clip.</returns>
    public abstract float[][] Predict(IReadOnlyList<FeatureSequence> clips);

    /// <summary>Its numbers, for the model file.</summary>
    internal abstract IReadOnlyList<(TaughtTensor Tensor, float[] Values)> Tensors();
}
