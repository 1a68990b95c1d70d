using TaskGrain.Data;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Transfer.Teaching;

public sealed class GiveawayTests
{
    [Fact]
    public void What_tells_the_classes_without_the_lesson_is_suspicious_and_what_does_not_is_not()
    {
        // Two classes, ten clips each: their lengths are 1 and 2, their middle frames noise.
        var random = new SeededRandom(1);
        TeachClip[] clips =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => new TeachClip(
                    new ClassClip($"{i}.mp4", i % 2),
                    Features: [],
                    [One((float)random.NextGaussian()), One(1 + (i % 2) + (0.01f * i))],
                    Seconds: 1
                )),
        ];
        int[] foldOf = [.. Enumerable.Range(0, 20).Select(i => i / 4)];

        IReadOnlyList<Giveaway> found = Giveaway.Measure(
            clips,
            foldOf,
            classes: 2,
            [Giveaway.OneFrame, Giveaway.LengthAndSize],
            expected: 0.95,
            threads: 1,
            CancellationToken.None
        );

        Giveaway frame = found.Single(one => one.Name == Giveaway.OneFrame);
        Giveaway length = found.Single(one => one.Name == Giveaway.LengthAndSize);
        Assert.Equal(1, length.Accuracy);
        Assert.True(length.Suspicious);
        Assert.False(frame.Suspicious);
        Assert.InRange(frame.Accuracy, frame.Interval.Low, frame.Interval.High);
    }

    private static FeatureSequence One(float value) => new([value], 1, 1);
}
