namespace TaskGrain.Runtime;

/// <summary>Draws from labelled items class by class: shots, folds, held-out shares.</summary>
internal static class StratifiedDraw
{
    /// <summary>
    /// The items of each class in random order, classes in ascending order. Every class draws from a stream of its
    /// own, so that items that come or go in one class never change the order in another.
    /// </summary>
    /// <param name="labels">The class of each item, not negative.</param>
    /// <param name="random">Fixes the orders; not moved.</param>
    /// <returns>The class, and the items' places in <paramref name="labels"/>.</returns>
    public static IEnumerable<(int Class, int[] Items)> Shuffled(IReadOnlyList<int> labels, SeededRandom random) =>
        Shuffled(labels, own => random.Derive((ulong)own));

    /// <summary>The same with the streams given.</summary>
    /// <param name="labels">The class of each item.</param>
    /// <param name="stream">What a class draws from; asked in the order of the classes.</param>
    /// <returns>The class, and the items' places in <paramref name="labels"/>.</returns>
    public static IEnumerable<(int Class, int[] Items)> Shuffled(
        IReadOnlyList<int> labels,
        Func<int, SeededRandom> stream
    )
    {
        foreach (
            IGrouping<int, int> own in Enumerable
                .Range(0, labels.Count)
                .GroupBy(item => labels[item])
                .OrderBy(group => group.Key)
        )
        {
            int[] items = [.. own];
            stream(own.Key).Shuffle<int>(items);
            yield return (own.Key, items);
        }
    }
}
