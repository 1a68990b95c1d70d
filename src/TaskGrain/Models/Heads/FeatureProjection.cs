using TaskGrain.Runtime;

namespace TaskGrain.Models.Heads;

/// <summary>
/// What every classifier does first: each feature minus its mean, divided by its standard deviation, then the
/// leading principal components, all learned from the few shots and from nothing else.
/// </summary>
/// <remarks>
/// 130 clips of 48 vectors span little of 1,024 dimensions, and the components that are dropped carry the least of
/// their variance (<see cref="VarianceKept"/> says how much is kept); an LSTM on 128 inputs costs a quarter of one
/// on 1,024. The components keep their relative sizes, so a small one stays small: they are not whitened.
/// </remarks>
internal sealed unsafe class FeatureProjection
{
    /// <summary>Vectors used for the covariance at most; beyond it every n-th is taken.</summary>
    private const int MostVectors = 16_384;
    private const int Iterations = 8;

    /// <summary>
    /// A feature that hardly moves in the shots would be blown up on other clips; its deviation counts as at least
    /// this share of the root mean square of all deviations.
    /// </summary>
    private const double DeviationFloor = 0.05;

    private readonly float[] _mean;
    private readonly float[] _matrix;

    internal FeatureProjection(float[] mean, float[] matrix, double varianceKept)
    {
        _mean = mean;
        _matrix = matrix;
        Width = matrix.Length / mean.Length;
        VarianceKept = varianceKept;
    }

    /// <summary>D, the length of the vectors it reads.</summary>
    public int Dimension => _mean.Length;

    /// <summary>K, the length of the vectors it makes.</summary>
    public int Width { get; }

    /// <summary>Share of the shots' standardised variance that the components carry, 0 to 1.</summary>
    public double VarianceKept { get; }

    /// <summary>(D), subtracted first.</summary>
    internal float[] Mean => _mean;

    /// <summary>(D, K), then multiplied with.</summary>
    internal float[] Matrix => _matrix;

    /// <summary>Learns the projection from the few shots.</summary>
    /// <param name="shots">At least one clip; all of one dimension.</param>
    /// <param name="components">K at most; fewer are kept where the shots have fewer vectors or dimensions.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <returns>The projection.</returns>
    /// <exception cref="ArgumentException">There is no clip, or their dimensions differ.</exception>
    public static FeatureProjection Fit(IReadOnlyList<FeatureSequence> shots, int components, int threads)
    {
        ArgumentNullException.ThrowIfNull(shots);
        if (shots.Count == 0 || shots.Any(shot => shot.Dimension != shots[0].Dimension))
        {
            throw new ArgumentException("there must be clips, and all of one feature dimension", nameof(shots));
        }

        int dimension = shots[0].Dimension;
        (float[] mean, float[] scale) = Moments(shots, dimension);
        float[] rows = Standardised(shots, mean, scale, out int count);
        float[] covariance = Covariance(rows, count, dimension, threads);
        int width = Math.Min(components, Math.Min(dimension, count));
        float[] basis = Subspace(covariance, dimension, width, threads, out double kept);

        double total = 0;
        for (int i = 0; i < dimension; i++)
        {
            total += covariance[(i * dimension) + i];
        }

        float unit = kept > 0 ? (float)Math.Sqrt(width / kept) : 1;
        float[] matrix = new float[dimension * width];
        for (int k = 0; k < width; k++)
        {
            for (int d = 0; d < dimension; d++)
            {
                matrix[(d * width) + k] = basis[(k * dimension) + d] * scale[d] * unit;
            }
        }

        return new FeatureProjection(mean, matrix, total > 0 ? Math.Min(1, kept / total) : 0);
    }

    /// <summary>Projects one clip.</summary>
    /// <param name="clip">(T, D).</param>
    /// <returns>(T, K), row-major.</returns>
    /// <exception cref="ArgumentException">The clip has another dimension.</exception>
    public float[] Apply(FeatureSequence clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.Dimension != Dimension)
        {
            throw new ArgumentException(
                $"the clip has vectors of {clip.Dimension}, the classifier reads {Dimension}",
                nameof(clip)
            );
        }

        float[] centred = clip.Values.ToArray();
        for (int i = 0; i < centred.Length; i++)
        {
            centred[i] -= _mean[i % Dimension];
        }

        float[] projected = new float[clip.Steps * Width];
        fixed (
            float* a = centred,
                b = _matrix,
                c = projected
        )
        {
            MatrixProduct.Accumulate(clip.Steps, Width, Dimension, a, Dimension, 1, b, Width, c, Width);
        }

        return projected;
    }

    /// <summary>Projects clips side by side.</summary>
    internal SequenceSet Apply(IReadOnlyList<FeatureSequence> clips, IReadOnlyList<int> labels, int threads)
    {
        float[][] projected = new float[clips.Count][];
        Parallel.For(
            0,
            clips.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => projected[i] = Apply(clips[i])
        );
        return new SequenceSet(Width, projected, [.. labels]);
    }

    /// <summary>Means, and one over the (floored) standard deviations.</summary>
    private static (float[] Mean, float[] Scale) Moments(IReadOnlyList<FeatureSequence> shots, int dimension)
    {
        double[] sum = new double[dimension];
        double[] squares = new double[dimension];
        long count = 0;
        foreach (FeatureSequence shot in shots)
        {
            count += shot.Steps;
            for (int t = 0; t < shot.Steps; t++)
            {
                ReadOnlySpan<float> vector = shot[t];
                for (int d = 0; d < dimension; d++)
                {
                    sum[d] += vector[d];
                    squares[d] += (double)vector[d] * vector[d];
                }
            }
        }

        double[] variance =
        [
            .. squares.Select((square, d) => Math.Max(0, (square / count) - (sum[d] / count * (sum[d] / count)))),
        ];
        double floor = DeviationFloor * Math.Sqrt(variance.Average());
        return (
            [.. sum.Select(value => (float)(value / count))],
            [
                .. variance.Select(value =>
                    Math.Max(Math.Sqrt(value), floor) is > 0 and double deviation ? (float)(1 / deviation) : 0
                ),
            ]
        );
    }

    private static float[] Standardised(
        IReadOnlyList<FeatureSequence> shots,
        float[] mean,
        float[] scale,
        out int count
    )
    {
        int dimension = mean.Length;
        long all = shots.Sum(shot => (long)shot.Steps);
        int every = (int)((all + MostVectors - 1) / MostVectors);
        count = shots.Sum(shot => (shot.Steps + every - 1) / every);
        float[] rows = new float[(long)count * dimension];
        int row = 0;
        foreach (FeatureSequence shot in shots)
        {
            for (int t = 0; t < shot.Steps; t += every, row++)
            {
                ReadOnlySpan<float> vector = shot[t];
                Span<float> own = rows.AsSpan(row * dimension, dimension);
                for (int d = 0; d < dimension; d++)
                {
                    own[d] = (vector[d] - mean[d]) * scale[d];
                }
            }
        }

        return rows;
    }

    /// <summary>Xᵀ·X / count, (D, D).</summary>
    private static float[] Covariance(float[] rows, int count, int dimension, int threads)
    {
        const int Block = 256; // rows of X that stay in the cache while a stripe of the result is made
        float[] covariance = new float[dimension * dimension];
        InStripes(
            dimension,
            threads,
            (from, length) =>
            {
                fixed (
                    float* x = rows,
                        c = covariance
                )
                {
                    for (int row = 0; row < count; row += Block)
                    {
                        float* block = x + ((long)row * dimension);
                        MatrixProduct.Accumulate(
                            length,
                            dimension,
                            Math.Min(Block, count - row),
                            block + from,
                            1,
                            dimension,
                            block,
                            dimension,
                            c + (from * dimension),
                            dimension
                        );
                    }
                }
            }
        );
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i] /= count;
        }

        return covariance;
    }

    /// <summary>
    /// An orthonormal basis (K, D) of the leading eigenvectors' space, by subspace iteration from a fixed random start.
    /// </summary>
    // kept: the variance in that space.
    private static float[] Subspace(float[] covariance, int dimension, int width, int threads, out double kept)
    {
        var random = new SeededRandom(0);
        float[] basis = new float[width * dimension];
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = (float)random.NextGaussian();
        }

        OrthonormalRows.Make(basis, width, dimension);
        float[] product = [];
        for (int iteration = 0; iteration <= Iterations; iteration++)
        {
            product = new float[basis.Length];
            float[] from = basis,
                to = product;
            InStripes(
                width,
                threads,
                (first, length) =>
                {
                    fixed (
                        float* q = from,
                            c = covariance,
                            y = to
                    )
                    {
                        MatrixProduct.Accumulate(
                            length,
                            dimension,
                            dimension,
                            q + (first * dimension),
                            dimension,
                            1,
                            c,
                            dimension,
                            y + (first * dimension),
                            dimension
                        );
                    }
                }
            );
            if (iteration < Iterations)
            {
                basis = product;
                OrthonormalRows.Make(basis, width, dimension);
            }
        }

        kept = 0;
        for (int i = 0; i < basis.Length; i++)
        {
            kept += (double)basis[i] * product[i];
        }

        return basis;
    }

    private static void InStripes(int rows, int threads, Action<int, int> work)
    {
        const int Stripe = 16;
        Parallel.For(
            0,
            (rows + Stripe - 1) / Stripe,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            stripe => work(stripe * Stripe, Math.Min(Stripe, rows - (stripe * Stripe)))
        );
    }
}
