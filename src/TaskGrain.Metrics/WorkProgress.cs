namespace TaskGrain;

/// <summary>
/// How far a piece of long work has come. Reported through <see cref="IProgress{T}"/>; the library prints nothing.
/// </summary>
/// <param name="Stage">What is being done, such as <c>packing</c>.</param>
/// <param name="Done">Units finished, counting those finished by an earlier, interrupted run.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Unit">The unit's plural, such as <c>clips</c>.</param>
/// <param name="Rate">Units a second of late; 0 when unknown.</param>
/// <param name="Detail">Anything worth adding, such as the loss; null for nothing.</param>
public readonly record struct WorkProgress(
    string Stage,
    long Done,
    long Total,
    string Unit,
    double Rate,
    string? Detail = null
)
{
    /// <summary>The time left at the present rate; null when it cannot be told.</summary>
    public TimeSpan? Left => Rate > 0 && Total > 0 ? TimeSpan.FromSeconds(Math.Max(0, Total - Done) / Rate) : null;
}
