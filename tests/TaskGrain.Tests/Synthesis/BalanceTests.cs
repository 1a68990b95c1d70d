using TaskGrain.Synthesis;

namespace TaskGrain.Tests.Synthesis;

/// <summary>Nothing but the action tells the category: mutual information, less what chance alone would show.</summary>
public sealed class BalanceTests
{
    private static readonly Lazy<(int Category, SyntheticClip Clip)[]> Clips = new(() =>
    {
        var generator = new WorldGenerator(new SynthesisOptions { Seed = 6 });
        return
        [
            .. Enumerable
                .Range(0, 174 * 12)
                .AsParallel()
                .AsOrdered()
                .Select(i => generator.Clip(i))
                .Select(clip => (clip.Annotation.Category, clip)),
        ];
    });

    [Fact]
    public void The_table_says_nothing() => Assert.InRange(Excess(clip => (int)clip.Scene.Stage.Texture), -0.05, 0.05);

    [Fact]
    public void The_length_says_nothing() => Assert.InRange(Excess(clip => clip.FrameCount / 9), -0.05, 0.05);

    [Fact]
    public void The_width_of_the_film_and_the_light_say_nothing() =>
        Assert.InRange(Excess(clip => clip.Format.Width + (clip.Scene.Stage.Sun > 0 ? 1 : 0)), -0.05, 0.05);

    [Fact]
    public void The_skin_says_nothing() =>
        Assert.InRange(
            Excess(clip => clip.Scene.Hands.Count == 0 ? -1 : clip.Scene.Hands[0].Look.Skin.GetHashCode()),
            -0.05,
            0.2
        );

    [Fact]
    public void The_things_that_play_no_part_say_nothing() =>
        Assert.InRange(
            Excess(clip =>
                clip.Scene.Actors.FindLast(actor => actor.Placeholder < 0 && actor.Kind.Weight > 0)
                    ?.Kind.Name.GetHashCode(StringComparison.Ordinal) % 20
                ?? 99
            ),
            -0.1,
            0.25
        );

    [Fact]
    public void Every_category_has_many_kinds_of_objects()
    {
        var counts = Clips
            .Value.GroupBy(pair => pair.Category)
            .Select(group => group.Select(pair => pair.Clip.Scene.Actors[0].Kind.Name).Distinct().Count());
        Assert.All(counts, count => Assert.True(count >= 3));
        Assert.True(counts.Average() > 8.5);
    }

    /// <summary>
    /// Mutual information in bits between category and a value, less that of the same values in random order.
    /// </summary>
    private static double Excess(Func<SyntheticClip, int> value)
    {
        int[] categories = [.. Clips.Value.Select(pair => pair.Category)];
        int[] values = [.. Clips.Value.Select(pair => value(pair.Clip))];
        double found = Information(categories, values),
            chance = 0;
        var random = new TaskGrain.Runtime.SeededRandom(1);
        for (int i = 0; i < 5; i++)
        {
            int[] shuffled = [.. values];
            random.Shuffle(shuffled.AsSpan());
            chance += Information(categories, shuffled) / 5;
        }

        return found - chance;
    }

    private static double Information(int[] a, int[] b)
    {
        double n = a.Length,
            sum = 0;
        var countA = a.CountBy(x => x).ToDictionary();
        var countB = b.CountBy(x => x).ToDictionary();
        foreach (var ((x, y), count) in a.Zip(b).CountBy(pair => pair))
        {
            sum += count / n * Math.Log2(count * n / (countA[x] * (double)countB[y]));
        }

        return sum;
    }
}
