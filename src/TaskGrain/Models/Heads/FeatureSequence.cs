namespace TaskGrain.Models.Heads;

/// <summary>The feature vectors of one clip in time order: (T, D), float32.</summary>
public sealed class FeatureSequence
{
    private readonly float[] _values;

    /// <summary>Wraps an array; it is not copied.</summary>
    /// <param name="values">(T, D), row-major: the vectors one after the other.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentException">The array does not hold T·D numbers.</exception>
    public FeatureSequence(float[] values, int steps, int dimension)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.Length != (long)steps * dimension)
        {
            throw new ArgumentException(
                $"{values.Length} numbers cannot be {steps} vectors of {dimension}.",
                nameof(values)
            );
        }

        _values = values;
        Steps = steps;
        Dimension = dimension;
    }

    /// <summary>T, the number of vectors.</summary>
    public int Steps { get; }

    /// <summary>D, the length of a vector.</summary>
    public int Dimension { get; }

    /// <summary>All numbers, (T, D) row-major.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>One vector.</summary>
    /// <param name="step">From 0 to T − 1.</param>
    /// <returns>D numbers.</returns>
    public ReadOnlySpan<float> this[int step] => _values.AsSpan(step * Dimension, Dimension);
}
