using TaskGrain.Runtime.Ranks;

namespace TaskGrain.Models;

/// <summary>
/// Makes batch norms take their statistics over the clips of all ranks, as if they were one batch.
/// </summary>
/// <param name="ranks">The ranks.</param>
internal sealed class StatisticsShare(IRankGroup ranks)
{
    /// <summary>The ranks.</summary>
    public IRankGroup Ranks => ranks;

    /// <summary>
    /// Whether this rank's clips are of the batch; a rank for which a small batch has no clip computes on one that
    /// does not count.
    /// </summary>
    public bool Counts { get; set; } = true;

    /// <summary>Adds two sums for each channel, and a count, over the ranks.</summary>
    /// <param name="first">The first sums.</param>
    /// <param name="second">The second sums.</param>
    /// <param name="count">Values they are taken over.</param>
    public (double[] First, double[] Second, double Count) Sum(double[] first, double[] second, double count)
    {
        double[] numbers = Counts ? [.. first, .. second, count] : new double[first.Length + second.Length + 1];
        ranks.Sum(numbers);
        return (numbers[..first.Length], numbers[first.Length..^1], numbers[^1]);
    }
}
