using TaskGrain.Inference;
using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Courses;

/// <summary>A classifier of courses that can be fitted.</summary>
/// <param name="Sources">Numbers of the sources whose courses it reads side by side.</param>
/// <param name="Kind">Timeline or average.</param>
internal sealed record CourseCandidate(IReadOnlyList<int> Sources, ClassifierKind Kind);

/// <summary>How a candidate did on clips that were held out, fold by fold.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Ridge">Its best regularisation.</param>
/// <param name="Temperature">The temperature that makes its probabilities true.</param>
/// <param name="Accuracy">Share of held-out clips classified rightly.</param>
/// <param name="Loss">Their mean cross-entropy in nats.</param>
/// <param name="Rows">Probabilities of every clip while it was held out.</param>
internal sealed record CourseScore(
    CourseCandidate Candidate,
    double Ridge,
    double Temperature,
    double Accuracy,
    double Loss,
    float[][] Rows
);

/// <summary>Fits and compares classifiers of courses on one or several sources.</summary>
internal sealed class CourseSearch
{
    /// <summary>Regularisation where there is nothing to choose it by.</summary>
    public const double DefaultRidge = 1;

    /// <summary>Temperature where there is nothing to choose it by.</summary>
    public const double DefaultTemperature = 0.15;

    private static readonly double[] Ridges = [0.1, 1, 10];
    private static readonly double[] Temperatures = [0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5];

    private readonly IReadOnlyList<IReadOnlyList<FeatureSequence>> _sources;
    private readonly IReadOnlyList<int> _labels;
    private readonly int _classes;
    private readonly int _threads;
    private readonly Dictionary<(int Source, ClassifierKind Kind), CourseBlock> _blocks = [];

    /// <param name="sources">For each source the clips' vectors, (T, D) each, the same clips in the same order.</param>
    /// <param name="labels">The clips' classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    public CourseSearch(
        IReadOnlyList<IReadOnlyList<FeatureSequence>> sources,
        IReadOnlyList<int> labels,
        int classes,
        int threads
    )
    {
        _sources = sources;
        _labels = labels;
        _classes = classes;
        _threads = threads;
    }

    /// <summary>Measures candidates on held-out clips and finds each one's best regularisation.</summary>
    /// <param name="clips">The clips that may be looked at.</param>
    /// <param name="foldOf">The fold of each of them.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="cancel">Stops between two folds.</param>
    /// <returns>One score a candidate, in their order; rows go with <paramref name="clips"/>.</returns>
    public IReadOnlyList<CourseScore> Measure(
        IReadOnlyList<int> clips,
        IReadOnlyList<int> foldOf,
        IReadOnlyList<CourseCandidate> candidates,
        CancellationToken cancel
    )
    {
        var values = new double[candidates.Count, Ridges.Length][][];
        for (int i = 0; i < candidates.Count; i++)
        {
            for (int r = 0; r < Ridges.Length; r++)
            {
                values[i, r] = new double[clips.Count][];
            }
        }

        // Blocks are made before the threads start: they are shared.
        (int Source, ClassifierKind Kind)[] keys =
        [
            .. candidates.SelectMany(one => one.Sources.Select(source => (source, one.Kind))).Distinct(),
        ];
        Array.ForEach(keys, key => Block(key.Source, key.Kind));
        Parallel.ForEach(
            foldOf.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancel },
            fold =>
            {
                int[] inside = [.. Enumerable.Range(0, clips.Count).Where(i => foldOf[i] != fold)];
                int[] outside = [.. Enumerable.Range(0, clips.Count).Where(i => foldOf[i] == fold)];
                int[] learned = [.. inside.Select(i => clips[i])];
                int[] asked = [.. inside.Concat(outside).Select(i => clips[i])];
                int[] labels = [.. learned.Select(clip => _labels[clip])];
                var products = keys.ToDictionary(key => key, key => _blocks[key].Products(asked, learned));
                for (int i = 0; i < candidates.Count; i++)
                {
                    double[] joined = Join(candidates[i], products);
                    int among = learned.Length * learned.Length;
                    for (int r = 0; r < Ridges.Length; r++)
                    {
                        var fit = CourseRidge.Solve(joined[..among], labels, _classes, Ridges[r]);
                        double[][] rows = CourseRidge.Predict(joined[among..], fit);
                        for (int row = 0; row < rows.Length; row++)
                        {
                            values[i, r][outside[row]] = rows[row];
                        }
                    }
                }
            }
        );
        int[] truth = [.. clips.Select(clip => _labels[clip])];
        return
        [
            .. candidates.Select(
                (candidate, i) =>
                    Enumerable
                        .Range(0, Ridges.Length)
                        .Select(r => Score(candidate, Ridges[r], values[i, r], truth))
                        .OrderByDescending(score => score.Accuracy)
                        .ThenBy(score => score.Loss)
                        .First()
            ),
        ];
    }

    /// <summary>Fits a candidate.</summary>
    /// <param name="candidate">Which sources and kind.</param>
    /// <param name="ridge">Regularisation.</param>
    /// <param name="temperature">Temperature of the softmax.</param>
    /// <param name="clips">The clips to learn from.</param>
    /// <returns>A classifier of the candidate's sources, joined in its order.</returns>
    public TimelineClassifier Fit(CourseCandidate candidate, double ridge, double temperature, IReadOnlyList<int> clips)
    {
        var keys = candidate.Sources.Select(source => (Source: source, candidate.Kind)).ToArray();
        var products = keys.ToDictionary(key => key, key => Block(key.Source, key.Kind).Products(clips, clips));
        int[] labels = [.. clips.Select(clip => _labels[clip])];
        (double[] weights, double[] shares) = CourseRidge.Solve(Join(candidate, products), labels, _classes, ridge);
        int dimension = candidate.Sources.Sum(source => _sources[source][0].Dimension);
        int parts = TimelineClassifier.PartsOf(candidate.Kind);
        float[] weight = new float[_classes * parts * dimension];
        double[] bias = [.. shares];
        int offset = 0;
        foreach ((int source, ClassifierKind kind) in keys)
        {
            CourseBlock block = Block(source, kind);
            CourseScale scale = block.Scale(clips);
            float[][] courses = [.. clips.Select(clip => block.Scaled(scale, clip))];
            for (int c = 0; c < _classes; c++)
            {
                for (int d = 0; d < parts * block.Dimension; d++)
                {
                    double sum = 0;
                    for (int i = 0; i < courses.Length; i++)
                    {
                        sum += weights[(i * _classes) + c] * courses[i][d];
                    }

                    // The scaling goes into the weights: what is saved reads the vectors as they are.
                    sum *= scale.Factor[d] / candidate.Sources.Count;
                    bias[c] -= sum * scale.Mean[d];
                    int place = (d / block.Dimension * dimension) + offset + (d % block.Dimension);
                    weight[(c * parts * dimension) + place] = (float)(sum / temperature);
                }
            }

            offset += block.Dimension;
        }

        return new TimelineClassifier(
            candidate.Kind,
            dimension,
            weight,
            [.. bias.Select(value => (float)(value / temperature))]
        );
    }

    private static CourseScore Score(CourseCandidate candidate, double ridge, double[][] values, int[] truth)
    {
        (double Temperature, double Loss, float[][] Rows) best = Temperatures
            .Select(temperature =>
            {
                float[][] rows = [.. values.Select(row => CourseRidge.Probabilities(row, temperature))];
                double loss = rows.Zip(truth, (row, label) => -Math.Log(Math.Max(row[label], 1e-6f))).Average();
                return (temperature, loss, rows);
            })
            .MinBy(choice => choice.loss);
        double accuracy = best.Rows.Zip(truth, (row, label) => ScoreMatrix.BestOf(row) == label ? 1.0 : 0).Average();
        return new CourseScore(candidate, ridge, best.Temperature, accuracy, best.Loss, best.Rows);
    }

    private static double[] Join(
        CourseCandidate candidate,
        Dictionary<(int Source, ClassifierKind Kind), double[]> products
    )
    {
        double[] joined = new double[products[(candidate.Sources[0], candidate.Kind)].Length];
        foreach (int source in candidate.Sources)
        {
            double[] own = products[(source, candidate.Kind)];
            for (int i = 0; i < joined.Length; i++)
            {
                joined[i] += own[i] / candidate.Sources.Count;
            }
        }

        return joined;
    }

    private CourseBlock Block(int source, ClassifierKind kind)
    {
        if (!_blocks.TryGetValue((source, kind), out CourseBlock? block))
        {
            block = new CourseBlock(_sources[source], TimelineClassifier.PartsOf(kind));
            _blocks.Add((source, kind), block);
        }

        return block;
    }
}
