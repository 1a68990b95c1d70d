using System.Runtime.InteropServices;

namespace TaskGrain.Runtime;

/// <summary>
/// Tells glibc's malloc to keep the memory it has. libtorch allocates every result anew; glibc answers a large request
/// with a fresh mapping and gives it back when it is freed, so that each layer of each step pays one page fault for
/// every 4 KiB it writes. On the paper's model that was a third of a training step (docs/performance.md).
/// </summary>
/// <remarks>The price is that memory, once used, stays with the process until it ends.</remarks>
internal static class MallocTuning
{
    /// <summary>Environment variable of the command line; <c>default</c> leaves malloc as it is.</summary>
    public const string Variable = "TASKGRAIN_MALLOC";

    // Parameters of mallopt(3).
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>Makes malloc keep its memory, for the whole process. Once more changes nothing.</summary>
    /// <remarks>Other C libraries, such as musl, have no such knob and stay as they are.</remarks>
    public static void KeepMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // No request is served by a mapping of its own; the heap is never trimmed; it grows in steps of 64 MiB.
            _ = mallopt(MmapMax, 0) != 0 && mallopt(TrimThreshold, -1) != 0 && mallopt(TopPad, 64 << 20) != 0;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [DllImport("libc.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mallopt(int parameter, int value);
}
