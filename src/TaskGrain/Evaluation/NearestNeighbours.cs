using TaskGrain.Inference;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Evaluation;

/// <summary>Finds the most similar training clip by the cosine between pooled features.</summary>
internal static class NearestNeighbours
{
    // 512 queries against all of Something-Something's 168,913 training clips take 350 MB for the similarities.
    private const int Chunk = 512;

    /// <summary>The nearest sample of each query.</summary>
    /// <param name="queries">Vectors to look up.</param>
    /// <param name="samples">Vectors to look among; at least one, of the same size.</param>
    /// <returns>A row of <paramref name="samples"/> for each query; of equally near ones the first.</returns>
    /// <exception cref="ArgumentException">The sizes differ or there is nothing to look among.</exception>
    public static int[] Find(FeatureMatrix queries, FeatureMatrix samples)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(samples);
        if (queries.Size != samples.Size || samples.Samples == 0)
        {
            throw new ArgumentException(
                $"Vectors of {queries.Size} cannot be looked up among {samples.Samples} vectors of {samples.Size}.",
                nameof(samples)
            );
        }

        NativeLibraries.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor among = Normalised(samples).t();
        var nearest = new int[queries.Samples];
        for (int start = 0; start < nearest.Length; start += Chunk)
        {
            using var step = NewDisposeScope();
            int count = Math.Min(Chunk, nearest.Length - start);
            Tensor chunk = Normalised(queries.Select(Enumerable.Range(start, count).ToArray()));
            Tensor similarity = chunk.matmul(among);
            long[] best = similarity.argmax(1).data<long>().ToArray();
            for (int i = 0; i < count; i++)
            {
                nearest[start + i] = (int)best[i];
            }
        }

        return nearest;
    }

    private static Tensor Normalised(FeatureMatrix features)
    {
        Tensor x = tensor(features.Values.ToArray()).reshape(features.Samples, features.Size);
        return x / x.norm(1, keepdim: true, p: 2).AtLeast(1e-12);
    }
}
