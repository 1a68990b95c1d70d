namespace TaskGrain.Models.Heads;

/// <summary>
/// A classifier that was trained by descent: a projection of the features (<see cref="FeatureProjection"/>), then a
/// <see cref="Head"/>.
/// </summary>
internal sealed class HeadClassifier : FewShotClassifier
{
    private const int BatchSize = 16;
    private const string Mean = "projection_mean";
    private const string Matrix = "projection_matrix";

    private readonly int _threads;
    private readonly FeatureProjection _projection;
    private readonly float[] _parameters;

    public HeadClassifier(
        ClassifierKind kind,
        int classes,
        FeatureProjection projection,
        float[] parameters,
        int hidden,
        int threads
    )
        : base(kind, classes, projection.Dimension)
    {
        _projection = projection;
        _parameters = parameters;
        Hidden = kind == ClassifierKind.LogisticRegression ? 0 : hidden;
        _threads = threads;
    }

    /// <inheritdoc/>
    internal override int Hidden { get; }

    /// <summary>What it does to the features first.</summary>
    public FeatureProjection Projection => _projection;

    /// <summary>All parameters, in the order of <see cref="Head.Layout"/>.</summary>
    public float[] Parameters => _parameters;

    /// <summary>Reads what <see cref="Tensors"/> wrote.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="head">Its classes and hidden units.</param>
    /// <param name="dimension">Length of the vectors there are.</param>
    /// <param name="numbers">A tensor's numbers by its name.</param>
    /// <exception cref="TaskGrainException">The tensors are not those of the kind.</exception>
    public static HeadClassifier Read(
        ClassifierKind kind,
        TaughtHead head,
        int dimension,
        Func<string, float[]> numbers
    )
    {
        if (kind == ClassifierKind.BiLstm && (head.Hidden < 16 || head.Hidden % 16 != 0))
        {
            throw new TaskGrainException(
                $"the taught classifier has {head.Hidden} hidden units; a BiLSTM's are a multiple of 16."
            );
        }

        float[] mean = numbers(Mean);
        float[] matrix = numbers(Matrix);
        if (mean.Length != dimension || matrix.Length == 0 || matrix.Length % mean.Length != 0)
        {
            throw new TaskGrainException(
                $"the taught classifier reads features of length {mean.Length} and the encoder gives {dimension}."
            );
        }

        var projection = new FeatureProjection(mean, matrix, varianceKept: double.NaN);
        float[] parameters =
        [
            .. LayoutOf(kind, projection, head.Classes.Count, head.Hidden)
                .SelectMany(block => TaughtTensor.Numbers(NameOf(block), block.Length, numbers)),
        ];
        return new HeadClassifier(
            kind,
            head.Classes.Count,
            projection,
            parameters,
            head.Hidden,
            Environment.ProcessorCount
        );
    }

    /// <inheritdoc/>
    public override float[][] Predict(IReadOnlyList<FeatureSequence> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        SequenceSet set = _projection.Apply(clips, [], _threads);
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

    /// <inheritdoc/>
    internal override IReadOnlyList<(TaughtTensor Tensor, float[] Values)> Tensors()
    {
        List<(TaughtTensor, float[])> tensors =
        [
            (new TaughtTensor(Mean, [_projection.Dimension]), _projection.Mean),
            (new TaughtTensor(Matrix, [_projection.Dimension, _projection.Width]), _projection.Matrix),
        ];
        int at = 0;
        foreach (ParameterBlock block in LayoutOf(Kind, _projection, Classes, Hidden))
        {
            long[] shape = block.Columns == 0 ? [block.Rows] : [block.Rows, block.Columns];
            tensors.Add((new TaughtTensor(NameOf(block), shape), _parameters[at..(at + block.Length)]));
            at += block.Length;
        }

        return tensors;
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

    private static IReadOnlyList<ParameterBlock> LayoutOf(
        ClassifierKind kind,
        FeatureProjection projection,
        int classes,
        int hidden
    ) => Head.Create(kind, projection.Width, classes, hidden).Layout;

    private static string NameOf(ParameterBlock block) => block.Name.Replace('.', '_');

    private Head NewHead()
    {
        var head = Head.Create(Kind, _projection.Width, Classes, Hidden);
        _parameters.CopyTo(head.Parameters, 0);
        return head;
    }
}
