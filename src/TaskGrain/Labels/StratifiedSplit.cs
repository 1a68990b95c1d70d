using System.IO.Hashing;
using System.Text;
using TaskGrain.Runtime;

namespace TaskGrain.Labels;

/// <summary>
/// Divides the clips of one class among the splits. A clip's place in the draw depends on its path and the seed
/// alone, so that the division is the same on every machine and adding clips moves few others.
/// </summary>
internal static class StratifiedSplit
{
    /// <summary>Draws the splits of one class.</summary>
    /// <param name="paths">The clips' paths relative to the data set's folder, with forward slashes.</param>
    /// <param name="options">Seed, shares and smallest class.</param>
    /// <returns>The split of each path.</returns>
    public static Dictionary<string, Split> Draw(IReadOnlyList<string> paths, DataSetOptions options)
    {
        var splits = new Dictionary<string, Split>(StringComparer.Ordinal);
        bool divided = paths.Count >= options.SmallestSplitClass;
        int test = divided ? Math.Min(Share(paths.Count, options.TestShare), paths.Count - 1) : 0;
        int validation = divided ? Math.Min(Share(paths.Count, options.ValidationShare), paths.Count - 1 - test) : 0;
        int place = 0;
        foreach (
            string path in paths
                .OrderBy(path => Rank(path, options.SplitSeed))
                .ThenBy(path => path, StringComparer.Ordinal)
        )
        {
            splits[path] =
                place < validation ? Split.Validation
                : place < validation + test ? Split.Test
                : Split.Train;
            place++;
        }

        return splits;
    }

    /// <summary>
    /// At least one clip where a share is asked for: a class that is never tested is no use in a test.
    /// </summary>
    private static int Share(int clips, double share) =>
        share <= 0 ? 0 : Math.Max(1, (int)Math.Round(clips * share, MidpointRounding.AwayFromZero));

    private static ulong Rank(string path, ulong seed) =>
        SeededRandom.Mix(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(path), unchecked((long)seed)));
}
