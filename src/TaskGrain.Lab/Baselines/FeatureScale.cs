using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Features;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Baselines;

/// <summary>Brings every entry of a feature vector to mean 0 and deviation 1 over the training frames.</summary>
internal sealed class FeatureScale
{
    private readonly float[] _mean;
    private readonly float[] _factor;

    private FeatureScale(float[] mean, float[] factor)
    {
        _mean = mean;
        _factor = factor;
    }

    /// <summary>Measures all frames of some clips.</summary>
    /// <param name="store">The features.</param>
    /// <param name="entries">The clips' places in the store, at least one.</param>
    /// <returns>The scale; an entry that never varies stays 0.</returns>
    public static FeatureScale Of(FeatureStore store, IEnumerable<int> entries)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(entries);
        double[] sums = new double[store.Source.Dimension];
        double[] squares = new double[sums.Length];
        long frames = 0;
        foreach (int entry in entries)
        {
            FeatureSequence sequence = store.Read(entry);
            frames += sequence.Steps;
            for (int step = 0; step < sequence.Steps; step++)
            {
                ReadOnlySpan<float> vector = sequence[step];
                for (int d = 0; d < sums.Length; d++)
                {
                    sums[d] += vector[d];
                    squares[d] += (double)vector[d] * vector[d];
                }
            }
        }

        float[] mean = new float[sums.Length];
        float[] factor = new float[sums.Length];
        for (int d = 0; d < sums.Length; d++)
        {
            double average = sums[d] / frames;
            double variance = Math.Max(0, (squares[d] / frames) - (average * average));
            mean[d] = (float)average;

            // Below the rounding of the sums it is noise that would be blown up.
            factor[d] = variance > 1e-10 * (1 + (average * average)) ? (float)(1 / Math.Sqrt(variance)) : 0;
        }

        return new FeatureScale(mean, factor);
    }

    /// <summary>Standardises.</summary>
    /// <param name="features">(N, T, D), float32; changed in place.</param>
    /// <returns>The same tensor.</returns>
    public Tensor Apply(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using Tensor mean = tensor(_mean, device: features.device);
        using Tensor factor = tensor(_factor, device: features.device);
        return features.sub_(mean).mul_(factor);
    }
}
