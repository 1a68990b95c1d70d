using System.IO.Hashing;

namespace TaskGrain.Runtime.Ranks;

/// <summary>Finds the group a process was started in, and what several of its operations make up.</summary>
internal static class RankGroups
{
    /// <summary>Joins the ranks that <c>mpirun</c> has started together with this process.</summary>
    /// <returns>The group; null for a process that was started alone.</returns>
    /// <exception cref="TaskGrainException">There are other ranks, and Open MPI cannot be used; says why.</exception>
    public static IRankGroup? FromEnvironment() =>
        RankPlace.Of(Environment.GetEnvironmentVariable) is { } place ? MpiGroup.Join(place) : null;

    /// <summary>Waits until every rank has come here.</summary>
    public static void Wait(this IRankGroup ranks) => ranks.Sum([]);

    /// <summary>What rank 0 says of a question.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="yes">This rank's answer; only that of rank 0 counts.</param>
    public static bool AsFirst(this IRankGroup ranks, bool yes)
    {
        Span<double> answer = [ranks.Place.IsFirst && yes ? 1 : 0];
        ranks.Sum(answer);
        return answer[0] > 0;
    }

    /// <summary>Refuses to go on with ranks that hold different things.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="what">What is compared, for the message.</param>
    /// <param name="content">Its bytes on this rank.</param>
    /// <exception cref="TaskGrainException">On at least one rank: it differs.</exception>
    public static void Agree(this IRankGroup ranks, string what, ReadOnlySpan<byte> content)
    {
        // Parts of 32 bits: their sums over a million ranks are exact in float64.
        ulong hash = XxHash3.HashToUInt64(content);
        (double high, double low) = (hash >> 32, hash & uint.MaxValue);
        Span<double> sums = [high, low];
        ranks.Sum(sums);
        int size = ranks.Place.Size;
        if (sums[0] != size * high || sums[1] != size * low)
        {
            throw new TaskGrainException(
                $"Rank {ranks.Place.Rank} of {size} has another {what} than the others; give all ranks the same "
                    + "files, settings and kind of machine."
            );
        }
    }
}
