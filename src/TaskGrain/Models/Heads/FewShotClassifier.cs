namespace TaskGrain.Models.Heads;

/// <summary>A classifier trained on the features of a few clips. Safe to use from several threads.</summary>
internal sealed class FewShotClassifier
{
    private const int BatchSize = 16;

    private readonly int _threads;
    private readonly float[] _parameters;

    internal FewShotClassifier(
        ClassifierKind kind,
        int classes,
        FeatureProjection projection,
        float[] parameters,
        int hidden,
        int threads
    )
    {
        Kind = kind;
        Classes = classes;
        Projection = projection;
        _parameters = parameters;
        Hidden = kind == ClassifierKind.LogisticRegression ? 0 : hidden;
        _threads = threads;
    }

    /// <summary>The kind of classifier.</summary>
    public ClassifierKind Kind { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>What it does to the features first.</summary>
    public FeatureProjection Projection { get; }

    /// <summary>Hidden units (MLP, LSTM); 0 for logistic regression.</summary>
    internal int Hidden { get; }

    /// <summary>All parameters, in the order of <see cref="Head.Layout"/>.</summary>
    internal float[] Parameters => _parameters;

    /// <summary>Class probabilities of one clip.</summary>
    /// <param name="clip">(T, D), with any T.</param>
    /// <returns>One probability a class; their sum is 1.</returns>
    public float[] Predict(FeatureSequence clip) => Predict([clip])[0];

    /// <summary>Class probabilities of clips.</summary>
    /// <param name="clips">(T, D) each, with any T.</param>
    /// <returns>One row a clip.</returns>
    public float[][] Predict(IReadOnlyList<FeatureSequence> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        SequenceSet set = Projection.Apply(clips, [], _threads);
        float[][] rows = new float[clips.Count][];
        Parallel.For(
            0,
            (clips.Count + BatchSize - 1) / BatchSize,
            new ParallelOptions { MaxDegreeOfParallelism = _threads },
            NewHead,
            (part, _, head) =>
            {
                int[] own =
                [
                    .. Enumerable.Range(part * BatchSize, Math.Min(BatchSize, clips.Count - (part * BatchSize))),
                ];
                PredictBatch(head, set, own, rows);
                return head;
            },
            _ => { }
        );
        return rows;
    }

    /// <summary>Rows of probabilities for some clips of a set, written to where those clips belong.</summary>
    internal static void PredictBatch(Head head, SequenceSet set, int[] clips, float[][] rows)
    {
        int classes = head.Layout[^1].Rows;
        foreach (int[] part in clips.Chunk(BatchSize))
        {
            float[] probabilities = new float[part.Length * classes];
            head.Predict(set, part, probabilities);
            for (int i = 0; i < part.Length; i++)
            {
                rows[part[i]] = probabilities[(i * classes)..((i + 1) * classes)];
            }
        }
    }

    private Head NewHead()
    {
        var head = Head.Create(Kind, Projection.Width, Classes, Hidden);
        _parameters.CopyTo(head.Parameters, 0);
        return head;
    }
}
