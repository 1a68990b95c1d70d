using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// Wall time and processor time since a moment: this process's and, on Unix, that of its children that have ended.
/// </summary>
internal readonly struct ProcessorClock
{
    private const int Children = -1;
    private readonly long _start;
    private readonly TimeSpan _own;
    private readonly TimeSpan _children;

    private ProcessorClock(long start, TimeSpan own, TimeSpan children)
    {
        _start = start;
        _own = own;
        _children = children;
    }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public TimeSpan Own => Environment.CpuUsage.TotalTime - _own;

    /// <summary>Processor time of children; the elapsed time where the system does not tell.</summary>
    public TimeSpan OfChildren => OperatingSystem.IsWindows() ? Elapsed : ChildrenTime() - _children;

    public static ProcessorClock Start() =>
        new(
            Stopwatch.GetTimestamp(),
            Environment.CpuUsage.TotalTime,
            OperatingSystem.IsWindows() ? default : ChildrenTime()
        );

    private static unsafe TimeSpan ChildrenTime()
    {
        // struct rusage begins with user and system time, each of seconds and microseconds, and is 144 bytes long.
        long* usage = stackalloc long[36];
        return getrusage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds((int)usage[1] + (int)usage[3])
            : default;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern unsafe int getrusage(int who, long* usage);
}
