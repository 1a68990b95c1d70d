using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TaskGrain.Runtime;

/// <summary>
/// Tells glibc's malloc to keep the memory it has. libtorch allocates every result anew; glibc answers a large request
/// with a fresh mapping and gives it back when it is freed, so that each layer of each step pays one page fault for
/// every 4 KiB it writes. On the paper's model that was a third of a training step (docs/performance.md).
/// </summary>
/// <remarks>
/// The price is that memory, once used, stays with the process until it ends. <c>TASKGRAIN_MALLOC=default</c> leaves
/// malloc as it is.
/// </remarks>
public static class MallocTuning
{
    /// <summary>Environment variable; <c>default</c> leaves malloc as it is.</summary>
    public const string Variable = "TASKGRAIN_MALLOC";

    // Parameters of mallopt(3).
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>Whether malloc was told to keep its memory.</summary>
    public static bool Active { get; private set; }

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "Must come before libtorch allocates, and a library user must not have to know of it."
    )]
    internal static void Apply()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) == "default")
        {
            return;
        }

        try
        {
            // No request is served by a mapping of its own; the heap is never trimmed; it grows in steps of 64 MiB.
            Active = mallopt(MmapMax, 0) != 0 && mallopt(TrimThreshold, -1) != 0 && mallopt(TopPad, 64 << 20) != 0;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, such as musl, which has no such knob.
        }
    }

    [DllImport("libc.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mallopt(int parameter, int value);
}
