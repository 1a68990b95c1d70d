namespace TaskGrain.Metrics;

/// <summary>A partial alignment.</summary>
/// <param name="Choice">Its last match in the chain of choices; -1 for none.</param>
/// <param name="LastEnd">Where its open chunk goes on in the hypothesis; -1 when none is open.</param>
/// <param name="Resume">The first reference position it has not decided.</param>
/// <param name="Words">Words in exact matches, both sides, and half the words of others, rounded down each.</param>
/// <param name="Chunks">Chunks closed so far.</param>
/// <param name="Distance">Distances charged so far.</param>
internal readonly record struct MeteorPath(
    int Choice,
    int LastEnd,
    int Resume = 0,
    int Words = 0,
    int Chunks = 0,
    int Distance = 0
);

/// <summary>What paths are sorted by.</summary>
/// <param name="Words">As in <see cref="MeteorPath"/>; more is better.</param>
/// <param name="Chunks">Fewer is better.</param>
/// <param name="Distance">Less is better.</param>
/// <param name="Index">The path's place before the sort, which makes it stable.</param>
internal readonly record struct MeteorRank(int Words, int Chunks, int Distance, int Index)
{
    /// <summary>The order of paths, best first; the index makes the sort stable.</summary>
    public readonly struct BestFirst : IComparer<MeteorRank>
    {
        /// <inheritdoc/>
        public int Compare(MeteorRank x, MeteorRank y)
        {
            if (x.Words != y.Words)
            {
                return x.Words > y.Words ? -1 : 1;
            }

            if (x.Chunks != y.Chunks)
            {
                return x.Chunks < y.Chunks ? -1 : 1;
            }

            if (x.Distance != y.Distance)
            {
                return x.Distance < y.Distance ? -1 : 1;
            }

            return x.Index.CompareTo(y.Index);
        }
    }
}
