namespace TaskGrain.Runtime.Ranks;

/// <summary>
/// The processes (ranks) that do one piece of work together. Every rank calls the same operations in the same order;
/// an operation ends when all ranks have come to it, with the same result, bit for bit, on each.
/// </summary>
internal interface IRankGroup : IDisposable
{
    /// <summary>Which rank this is, of how many, and where.</summary>
    RankPlace Place { get; }

    /// <summary>
    /// Begins to add numbers over the ranks, in place. Ranks begin these sums in the same order; others may be made
    /// meanwhile.
    /// </summary>
    /// <param name="numbers">Address of float32 numbers of the processor's memory; they stay put until the end.</param>
    /// <param name="count">How many.</param>
    /// <returns>Ends when the sums are there.</returns>
    Task BeginSum(nint numbers, int count);

    /// <summary>Adds a few numbers over the ranks, in place, and waits for it.</summary>
    /// <param name="numbers">The numbers; afterwards the sums.</param>
    void Sum(Span<double> numbers);

    /// <summary>
    /// Says that the work is done; all ranks do. Without it the group counts as broken when the process ends, and
    /// whatever started the ranks ends the others.
    /// </summary>
    void Leave();
}
