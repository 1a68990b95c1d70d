using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Runtime;

namespace TaskGrain.Tests.Evaluation;

public sealed class NearestNeighboursTests
{
    [Fact]
    public void Direction_counts_and_length_does_not()
    {
        var samples = new FeatureMatrix([1, 0, 0, 100, -1, -1], 2);
        var queries = new FeatureMatrix([50, 1, 0, 0.1f, -3, -2, 0, 0], 2);

        // The last query has no direction; it gets the first of the equally far.
        Assert.Equal([0, 1, 2, 0], NearestNeighbours.Find(queries, samples));
    }

    [Fact]
    public void Agrees_with_a_plain_search_across_chunks()
    {
        var random = new SeededRandom(8);
        FeatureMatrix Random(int count) =>
            new(Enumerable.Range(0, count * 6).Select(_ => (float)random.NextGaussian()).ToArray(), 6);
        FeatureMatrix samples = Random(40);
        FeatureMatrix queries = Random(1100);

        int[] found = NearestNeighbours.Find(queries, samples);

        for (int q = 0; q < found.Length; q++)
        {
            float[] query = queries.Row(q).ToArray();
            double Cosine(int s) =>
                query.Zip(samples.Row(s).ToArray(), (a, b) => (double)a * b).Sum()
                / Math.Sqrt(samples.Row(s).ToArray().Sum(v => (double)v * v));
            Assert.Equal(Enumerable.Range(0, 40).MaxBy(Cosine), found[q]);
        }
    }

    [Fact]
    public void Nothing_to_look_among_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            NearestNeighbours.Find(new FeatureMatrix([1], 1), new FeatureMatrix([], 1))
        );
        Assert.Throws<ArgumentException>(() =>
            NearestNeighbours.Find(new FeatureMatrix([1], 1), new FeatureMatrix([1, 2], 2))
        );
    }
}
