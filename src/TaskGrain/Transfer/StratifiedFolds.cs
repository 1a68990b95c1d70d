using TaskGrain.Runtime;

namespace TaskGrain.Transfer;

/// <summary>Splits labelled clips into folds in which every class is spread as evenly as can be.</summary>
internal static class StratifiedFolds
{
    /// <summary>Draws the folds.</summary>
    /// <param name="labels">The class of each clip.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">Fixes the draw.</param>
    /// <returns>The fold of each clip, 0 to <paramref name="folds"/> − 1.</returns>
    public static int[] Draw(IReadOnlyList<int> labels, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] result = new int[labels.Count];
        var random = new SeededRandom(seed);

        // The next class goes on where the last one ended, so that no fold gets the odd clip of every class.
        int next = 0;
        foreach ((_, int[] clips) in StratifiedDraw.Shuffled(labels, _ => random))
        {
            foreach (int clip in clips)
            {
                result[clip] = next++ % folds;
            }
        }

        return result;
    }

    /// <summary>
    /// How many folds the clips allow: the wanted number, but no more than the smallest class has clips.
    /// </summary>
    /// <param name="labels">The class of each clip.</param>
    /// <param name="wanted">The number wanted.</param>
    /// <returns>The number of folds; 1 where some class has a single clip, so that nothing can be held out.</returns>
    public static int Possible(IReadOnlyList<int> labels, int wanted)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Math.Min(wanted, labels.GroupBy(label => label).Min(group => group.Count()));
    }
}
