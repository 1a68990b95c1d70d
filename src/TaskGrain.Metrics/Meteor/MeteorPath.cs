namespace TaskGrain.Metrics;

/// <summary>A partial alignment. What came before is shared with the alignments it is extended to.</summary>
/// <param name="Last">Its last match, in a chain of those before; null for none.</param>
/// <param name="Used">The words of the hypothesis it has used, but for those that nothing else proposes.</param>
/// <param name="LastEnd">Where its open chunk goes on in the hypothesis; -1 when none is open.</param>
/// <param name="Resume">The first reference position it has not decided.</param>
/// <param name="Words">Words in exact matches, both sides, and half the words of others, rounded down each.</param>
/// <param name="Chunks">Chunks closed so far.</param>
/// <param name="Distance">Distances charged so far.</param>
internal readonly record struct MeteorPath(
    MeteorChoice? Last,
    UsedWords? Used,
    int LastEnd,
    int Resume = 0,
    int Words = 0,
    int Chunks = 0,
    long Distance = 0
);

/// <summary>A match in the chain of those that a path has taken.</summary>
/// <param name="Before">The match taken before; null for the first.</param>
/// <param name="Match">The match.</param>
internal sealed record MeteorChoice(MeteorChoice? Before, MeteorMatch Match);

/// <summary>A path that a step would go on with, before its last match is put into its chain and set.</summary>
/// <param name="Path">The path.</param>
/// <param name="Parent">Place among the step's paths of the one it extends.</param>
/// <param name="Place">Place among its parent's extensions.</param>
/// <param name="Taken">The match it takes, if any.</param>
/// <param name="Marks">Whether the match's words must be marked as used.</param>
internal readonly record struct MeteorExtension(
    MeteorPath Path,
    int Parent,
    long Place,
    MeteorMatch? Taken = null,
    bool Marks = false
)
{
    /// <summary>
    /// The order of a beam, best first: more words, fewer chunks, less distance, made earlier (a stable sort).
    /// </summary>
    /// <returns>Less than 0 when the first is better.</returns>
    public static int Compare(in MeteorExtension x, in MeteorExtension y)
    {
        if (x.Path.Words != y.Path.Words)
        {
            return x.Path.Words > y.Path.Words ? -1 : 1;
        }

        if (x.Path.Chunks != y.Path.Chunks)
        {
            return x.Path.Chunks < y.Path.Chunks ? -1 : 1;
        }

        if (x.Path.Distance != y.Path.Distance)
        {
            return x.Path.Distance < y.Path.Distance ? -1 : 1;
        }

        return x.Parent != y.Parent ? x.Parent.CompareTo(y.Parent) : x.Place.CompareTo(y.Place);
    }
}
