namespace TaskGrain.Models.Heads;

/// <summary>
/// A linear classifier of a clip's course: the mean vectors of equal parts of the clip, one after the other, times
/// weights, and the softmax of that. With one part it sees the clip's mean vector alone.
/// </summary>
internal sealed class TimelineClassifier : FewShotClassifier
{
    private const string WeightName = "timeline_weight";
    private const string BiasName = "timeline_bias";

    private readonly float[] _weight;
    private readonly float[] _bias;

    /// <param name="kind">Timeline or average.</param>
    /// <param name="dimension">D, the length of a vector.</param>
    /// <param name="weight">(classes, parts × D), row-major.</param>
    /// <param name="bias">(classes).</param>
    public TimelineClassifier(ClassifierKind kind, int dimension, float[] weight, float[] bias)
        : base(kind, bias.Length, dimension)
    {
        _weight = weight;
        _bias = bias;
    }

    /// <summary>(classes, parts × D), row-major.</summary>
    public float[] Weight => _weight;

    /// <summary>(classes).</summary>
    public float[] Bias => _bias;

    /// <summary>Equal parts that a clip is divided into.</summary>
    public static int PartsOf(ClassifierKind kind) => kind == ClassifierKind.Timeline ? 8 : 1;

    /// <summary>Reads what <see cref="Tensors"/> wrote.</summary>
    /// <exception cref="TaskGrainException">The tensors are not those of the kind.</exception>
    public static TimelineClassifier Read(
        ClassifierKind kind,
        TaughtHead head,
        int dimension,
        Func<string, float[]> numbers
    )
    {
        int classes = head.Classes.Count;
        return new TimelineClassifier(
            kind,
            dimension,
            TaughtTensor.Numbers(WeightName, classes * PartsOf(kind) * dimension, numbers),
            TaughtTensor.Numbers(BiasName, classes, numbers)
        );
    }

    /// <summary>A clip's course.</summary>
    /// <param name="clip">(T, D), with any T.</param>
    /// <param name="parts">Equal parts of its time.</param>
    /// <returns>
    /// (parts × D): the mean vector of each part; a step that two parts share counts in each by its share.
    /// </returns>
    public static float[] Course(FeatureSequence clip, int parts)
    {
        float[] course = new float[parts * clip.Dimension];
        foreach ((int part, int step, float share) in Shares(clip.Steps, parts))
        {
            Span<float> mean = course.AsSpan(part * clip.Dimension, clip.Dimension);
            ReadOnlySpan<float> vector = clip[step];
            for (int d = 0; d < mean.Length; d++)
            {
                mean[d] += share * vector[d];
            }
        }

        return course;
    }

    /// <summary>What share each step has in the mean vector of each part; of the others none.</summary>
    /// <param name="steps">Steps of a clip.</param>
    /// <param name="parts">Equal parts of its time.</param>
    public static IEnumerable<(int Part, int Step, float Share)> Shares(int steps, int parts)
    {
        double length = (double)steps / parts;
        for (int part = 0; part < parts; part++)
        {
            double from = part * length;
            double to = from + length;
            for (int step = (int)from; step < Math.Min(steps, Math.Ceiling(to)); step++)
            {
                yield return (part, step, (float)((Math.Min(to, step + 1) - Math.Max(from, step)) / length));
            }
        }
    }

    /// <inheritdoc/>
    public override float[][] Predict(IReadOnlyList<FeatureSequence> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return [.. clips.Select(clip => Probabilities(Course(clip, PartsOf(Kind))))];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(TaughtTensor Tensor, float[] Values)> Tensors() =>
        [
            (new TaughtTensor(WeightName, [Classes, PartsOf(Kind) * Dimension]), _weight),
            (new TaughtTensor(BiasName, [Classes]), _bias),
        ];

    private float[] Probabilities(float[] course)
    {
        if (course.Length * Classes != _weight.Length)
        {
            throw new ArgumentException($"vectors of length {Dimension} are expected");
        }

        float[] logits = new float[Classes];
        for (int c = 0; c < Classes; c++)
        {
            double sum = _bias[c];
            ReadOnlySpan<float> row = _weight.AsSpan(c * course.Length, course.Length);
            for (int d = 0; d < course.Length; d++)
            {
                sum += row[d] * course[d];
            }

            logits[c] = (float)sum;
        }

        Softmax.Apply(logits);
        return logits;
    }
}
