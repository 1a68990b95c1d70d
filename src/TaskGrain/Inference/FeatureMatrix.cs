namespace TaskGrain.Inference;

/// <summary>One feature vector a sample, as the frozen encoder gives them pooled over time.</summary>
internal sealed class FeatureMatrix
{
    private readonly float[] _values;

    /// <summary>Takes over vectors row by row.</summary>
    /// <param name="values">(samples × size), row-major; kept, not copied.</param>
    /// <param name="size">Entries of a vector, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of the size.</exception>
    /// <exception cref="TaskGrainException">An entry is NaN or infinite.</exception>
    public FeatureMatrix(float[] values, int size)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (values.Length % size != 0)
        {
            throw new ArgumentException($"{values.Length} numbers are not whole vectors of {size}.", nameof(values));
        }

        int bad = Array.FindIndex(values, v => !float.IsFinite(v));
        if (bad >= 0)
        {
            throw new TaskGrainException(
                $"entry {bad % size} of the features of sample {bad / size} is not a finite number: the encoder's "
                    + $"weights are broken or its training diverged."
            );
        }

        _values = values;
        Size = size;
    }

    /// <summary>Entries of a vector.</summary>
    public int Size { get; }

    /// <summary>Vectors.</summary>
    public int Samples => _values.Length / Size;

    /// <summary>All entries, row-major.</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>The vector of one sample.</summary>
    /// <param name="sample">Row, from 0.</param>
    /// <returns>Its entries.</returns>
    public ReadOnlySpan<float> Row(int sample) => _values.AsSpan(sample * Size, Size);

    /// <summary>Some of the samples.</summary>
    /// <param name="samples">Rows, in the order wanted.</param>
    /// <returns>A copy.</returns>
    public FeatureMatrix Select(IReadOnlyList<int> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var chosen = new float[samples.Count * Size];
        for (int i = 0; i < samples.Count; i++)
        {
            Row(samples[i]).CopyTo(chosen.AsSpan(i * Size));
        }

        return new FeatureMatrix(chosen, Size);
    }
}
