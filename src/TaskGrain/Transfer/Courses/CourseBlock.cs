using System.Numerics;
using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Courses;

/// <summary>The courses of clips on one source: one row a clip, (N, parts × D).</summary>
internal sealed class CourseBlock
{
    /// <summary>
    /// A number that hardly moves in the few clips would be blown up on others; its deviation counts as at least this
    /// share of the root mean square of all deviations.
    /// </summary>
    private const double DeviationFloor = 0.05;

    private readonly float[][] _rows;

    /// <param name="clips">(T, D) each.</param>
    /// <param name="parts">Equal parts of a clip's time.</param>
    public CourseBlock(IReadOnlyList<FeatureSequence> clips, int parts)
    {
        Parts = parts;
        Dimension = clips[0].Dimension;
        _rows = [.. clips.Select(clip => TimelineClassifier.Course(clip, parts))];
    }

    /// <summary>Equal parts of a clip's time.</summary>
    public int Parts { get; }

    /// <summary>D, the length of the source's vectors.</summary>
    public int Dimension { get; }

    /// <summary>
    /// How the courses are brought to one scale, learned from some clips: every number minus its mean, by its
    /// deviation, all divided by what makes the mean square of a clip 1, so that a source with longer vectors counts no
    /// more than another.
    /// </summary>
    public CourseScale Scale(IReadOnlyList<int> clips)
    {
        int width = Parts * Dimension;
        double[] mean = new double[width];
        double[] square = new double[width];
        foreach (int clip in clips)
        {
            for (int d = 0; d < width; d++)
            {
                mean[d] += _rows[clip][d] / clips.Count;
            }
        }

        foreach (int clip in clips)
        {
            for (int d = 0; d < width; d++)
            {
                double apart = _rows[clip][d] - mean[d];
                square[d] += apart * apart / clips.Count;
            }
        }

        double floor = (DeviationFloor * Math.Sqrt(square.Average())) + 1e-8;
        double[] factor = [.. square.Select(value => 1 / Math.Max(Math.Sqrt(value), floor))];
        double total = 0;
        for (int d = 0; d < width; d++)
        {
            total += square[d] * factor[d] * factor[d];
        }

        double norm = total > 0 ? 1 / Math.Sqrt(total) : 1;
        return new CourseScale(
            [.. mean.Select(value => (float)value)],
            [.. factor.Select(value => (float)(value * norm))]
        );
    }

    /// <summary>Products of scaled courses: (rows, columns), row-major.</summary>
    /// <param name="rows">Clips of the rows.</param>
    /// <param name="columns">Clips of the columns, from which the scale is learned.</param>
    public double[] Products(IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        CourseScale scale = Scale(columns);
        float[][] left = [.. rows.Select(clip => scale.Apply(_rows[clip]))];
        float[][] right = [.. columns.Select(clip => scale.Apply(_rows[clip]))];
        double[] products = new double[rows.Count * columns.Count];
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                products[(i * right.Length) + j] = Dot(left[i], right[j]);
            }
        }

        return products;
    }

    /// <summary>A clip's scaled course.</summary>
    public float[] Scaled(CourseScale scale, int clip) => scale.Apply(_rows[clip]);

    private static double Dot(float[] a, float[] b)
    {
        int lanes = Vector<float>.Count;
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i + lanes <= a.Length; i += lanes)
        {
            sum += new Vector<float>(a, i) * new Vector<float>(b, i);
        }

        double total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}

/// <summary>What is taken from each number of a course, and the factor of what is left.</summary>
/// <param name="Mean">(parts × D).</param>
/// <param name="Factor">(parts × D).</param>
internal sealed record CourseScale(float[] Mean, float[] Factor)
{
    public float[] Apply(float[] course)
    {
        float[] scaled = new float[course.Length];
        for (int d = 0; d < scaled.Length; d++)
        {
            scaled[d] = (course[d] - Mean[d]) * Factor[d];
        }

        return scaled;
    }
}
