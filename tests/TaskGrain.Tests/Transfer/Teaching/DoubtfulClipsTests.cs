using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Transfer.Teaching;

public sealed class DoubtfulClipsTests
{
    [Fact]
    public void A_clip_that_looks_like_another_class_is_found_and_others_are_not()
    {
        float[][] heldOut =
        [
            [0.9f, 0.1f],
            [0.8f, 0.2f],
            [0.6f, 0.4f],
            [0.45f, 0.55f], // the last is a mistake, but no clear one
            [0.1f, 0.9f],
            [0.3f, 0.7f],
            [0.95f, 0.05f],
        ];

        Assert.Equal([(6, 0)], DoubtfulClips.Find(heldOut, [0, 0, 0, 0, 1, 1, 1]));
    }

    [Fact]
    public void The_most_doubtful_comes_first()
    {
        float[][] heldOut =
        [
            [0.8f, 0.2f],
            [0.8f, 0.2f],
            [0.1f, 0.9f],
            [0.1f, 0.9f],
            [0.85f, 0.15f],
            [0.95f, 0.05f],
        ];

        Assert.Equal([5, 4], DoubtfulClips.Find(heldOut, [0, 0, 1, 1, 1, 1]).Select(found => found.Clip));
    }
}
