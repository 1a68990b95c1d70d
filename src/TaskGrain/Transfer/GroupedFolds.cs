using TaskGrain.Runtime;

namespace TaskGrain.Transfer;

/// <summary>
/// Splits labelled clips into folds that share no group, such as a room: what is held out was filmed elsewhere.
/// </summary>
internal static class GroupedFolds
{
    /// <summary>
    /// Draws the folds: groups in a random order of equal sizes, largest first, each to the emptiest fold.
    /// </summary>
    /// <param name="labels">The class of each clip.</param>
    /// <param name="groups">The group of each clip; null where none are known, and classes are spread evenly.</param>
    /// <param name="folds">Folds at most.</param>
    /// <param name="seed">Fixes the draw.</param>
    /// <returns>
    /// The fold of each clip, from 0; null where fewer than two folds are possible, so that nothing can be held out.
    /// </returns>
    public static int[]? Draw(IReadOnlyList<int> labels, IReadOnlyList<string>? groups, int folds, ulong seed)
    {
        if (groups is null)
        {
            int possible = StratifiedFolds.Possible(labels, folds);
            return possible < 2 ? null : StratifiedFolds.Draw(labels, possible, seed);
        }

        string[] names = [.. groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int count = Math.Min(folds, names.Length);
        if (count < 2)
        {
            return null;
        }

        new SeededRandom(seed).Shuffle<string>(names);
        int[] sizes = new int[count];
        Dictionary<string, int> foldOf = new(StringComparer.Ordinal);
        foreach (
            (string name, int size) in names
                .Select(name => (name, groups.Count(group => group == name)))
                .OrderByDescending(group => group.Item2)
        )
        {
            int emptiest = Array.IndexOf(sizes, sizes.Min());
            foldOf[name] = emptiest;
            sizes[emptiest] += size;
        }

        return [.. groups.Select(group => foldOf[group])];
    }
}
