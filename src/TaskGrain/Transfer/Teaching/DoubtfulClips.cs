namespace TaskGrain.Transfer.Teaching;

/// <summary>A clip that looks like another class than its folder's.</summary>
/// <param name="Path">The clip, relative to the folder of classes.</param>
/// <param name="Class">The class of its folder.</param>
/// <param name="LooksLike">The class it looks like.</param>
/// <param name="ClassProbability">How likely the classifier, which had not seen it, held the folder's class.</param>
/// <param name="LooksLikeProbability">How likely it held the other one.</param>
public sealed record DoubtfulClip(
    string Path,
    string Class,
    string LooksLike,
    double ClassProbability,
    double LooksLikeProbability
);

/// <summary>
/// Finds possible mislabels from held-out predictions, as confident learning does (Northcutt et al. 2021): a clip is
/// doubtful when some other class is at least as likely as it is, on average, for the clips labelled with it, and
/// five times as likely as the clip's own label.
/// </summary>
internal static class DoubtfulClips
{
    private const double Factor = 5;

    /// <summary>Finds them.</summary>
    /// <param name="heldOut">Probabilities of every clip, from a classifier that was trained without it.</param>
    /// <param name="labels">The class of each clip.</param>
    /// <returns>Clip and other class, the most doubtful first.</returns>
    public static IReadOnlyList<(int Clip, int LooksLike)> Find(
        IReadOnlyList<float[]> heldOut,
        IReadOnlyList<int> labels
    )
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(labels);
        int classes = heldOut.Count == 0 ? 0 : heldOut[0].Length;
        double[] usual =
        [
            .. Enumerable
                .Range(0, classes)
                .Select(c =>
                    Enumerable
                        .Range(0, labels.Count)
                        .Where(i => labels[i] == c)
                        .Select(i => (double)heldOut[i][c])
                        .DefaultIfEmpty(double.PositiveInfinity)
                        .Average()
                ),
        ];
        List<(int Clip, int LooksLike, double Ratio)> found = [];
        for (int i = 0; i < labels.Count; i++)
        {
            float own = heldOut[i][labels[i]];
            int[] others =
            [
                .. Enumerable
                    .Range(0, classes)
                    .Where(c => c != labels[i] && heldOut[i][c] >= usual[c] && heldOut[i][c] >= Factor * own),
            ];
            if (others.Length > 0)
            {
                int best = others.MaxBy(c => heldOut[i][c]);
                found.Add((i, best, heldOut[i][best] / Math.Max(own, 1e-6)));
            }
        }

        return [.. found.OrderByDescending(entry => entry.Ratio).Select(entry => (entry.Clip, entry.LooksLike))];
    }
}
