using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;

namespace TaskGrain.Tests.Inference.Features;

public sealed class FeatureResamplingTests
{
    [Fact]
    public void At_the_same_rate_nothing_changes()
    {
        var vectors = new FeatureSequence([.. Enumerable.Range(0, 100).Select(i => i / 7f)], 50, 2);

        FeatureSequence same = FeatureResampling.ToRate(
            vectors,
            [.. Enumerable.Range(0, 50).Select(i => i / 12.0)],
            50 / 12.0,
            12
        );

        Assert.Equal(vectors.Values.ToArray(), same.Values.ToArray());
    }

    [Fact]
    public void Half_the_rate_is_doubled_by_interpolation_and_the_last_vector_is_kept()
    {
        var vectors = new FeatureSequence([0, 10, 20], 3, 1);

        FeatureSequence doubled = FeatureResampling.ToRate(vectors, [0, 2 / 12.0, 4 / 12.0], 6 / 12.0, 12);

        Assert.Equal([0, 5, 10, 15, 20, 20], doubled.Values.ToArray());
    }

    [Fact]
    public void A_video_shorter_than_a_step_still_has_one_vector() =>
        Assert.Equal(1, FeatureResampling.ToRate(new FeatureSequence([3], 1, 1), [0], 0.01, 12).Steps);
}
