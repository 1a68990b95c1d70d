using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// Asks for memory before it is read. The passes over a large map do little with each number and wait for memory; the
/// processor's own look-ahead ends at every page of 4 KiB.
/// </summary>
internal static unsafe class Prefetch
{
    private const int Distance = 2048;

    /// <summary>Asks for what a pass along a map reads a little later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Along(byte* address) => Fetch(address + Distance);

    /// <summary>Asks for the same place in the rows that a pass over pooling windows reads next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows(byte* address, in NormReluPoolJob job, long step)
    {
        long row = job.Width * step;
        Fetch(address + (job.Side * row));
        if (job.Side == 2)
        {
            Fetch(address + (3 * row));
        }
    }

    // Asking for memory that is not there is allowed and does nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }
}
