using TaskGrain.Models.Heads;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Brings vectors that a network gives at times of its own to a fixed rate, by linear interpolation between the two
/// nearest; before the first and after the last the nearest is kept. Where the times agree the vectors stay as they
/// are.
/// </summary>
internal static class FeatureResampling
{
    /// <summary>
    /// Rates such as 1/12 have no exact double: a share within this distance of 0 or 1 is meant to be one.
    /// </summary>
    private const double Exact = 1e-6;

    /// <summary>Resamples.</summary>
    /// <param name="vectors">(S, D).</param>
    /// <param name="times">When each vector is, in seconds from the start of the video; ascending, S of them.</param>
    /// <param name="duration">Length of the video in seconds.</param>
    /// <param name="rate">Vectors a second wanted; the first is at the start of the video.</param>
    /// <returns>(T, D), T = duration × rate, rounded, at least 1.</returns>
    /// <exception cref="ArgumentException">There are not as many times as vectors.</exception>
    public static FeatureSequence ToRate(
        FeatureSequence vectors,
        ReadOnlySpan<double> times,
        double duration,
        double rate
    )
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (times.Length != vectors.Steps)
        {
            throw new ArgumentException($"{vectors.Steps} vectors do not go with {times.Length} times", nameof(times));
        }

        FeatureBlend[] blends = Blends(times, duration, rate);
        float[] values = new float[blends.Length * vectors.Dimension];
        for (int t = 0; t < blends.Length; t++)
        {
            Blend(
                vectors[blends[t].Left],
                vectors[blends[t].Right],
                blends[t].Share,
                values.AsSpan(t * vectors.Dimension, vectors.Dimension)
            );
        }

        return new FeatureSequence(values, blends.Length, vectors.Dimension);
    }

    /// <summary>Which vectors each resampled one is made of; parameters as for <see cref="ToRate"/>.</summary>
    internal static FeatureBlend[] Blends(ReadOnlySpan<double> times, double duration, double rate)
    {
        int steps = Math.Max(1, (int)Math.Round(duration * rate));
        var blends = new FeatureBlend[steps];
        int left = 0;
        for (int t = 0; t < steps; t++)
        {
            double at = t / rate;
            while (left + 1 < times.Length && times[left + 1] <= at)
            {
                left++;
            }

            int right = Math.Min(left + 1, times.Length - 1);
            double share = right == left ? 0 : Math.Clamp((at - times[left]) / (times[right] - times[left]), 0, 1);
            blends[t] = new FeatureBlend(left, right, share);
        }

        return blends;
    }

    private static void Blend(ReadOnlySpan<float> left, ReadOnlySpan<float> right, double share, Span<float> to)
    {
        if (share < Exact || share > 1 - Exact)
        {
            (share < Exact ? left : right).CopyTo(to);
            return;
        }

        for (int d = 0; d < to.Length; d++)
        {
            to[d] = left[d] + ((right[d] - left[d]) * (float)share);
        }
    }
}

/// <summary>A vector between two: the left one and the share of the way to the right one.</summary>
internal readonly record struct FeatureBlend(int Left, int Right, double Share);
