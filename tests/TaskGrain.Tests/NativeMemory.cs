using System.Runtime.InteropServices;

namespace TaskGrain.Tests;

/// <summary>
/// What native code holds: tensors, decoders. The size of the process says it badly, as it also grows by what the
/// garbage collector, the compiler and the allocator set aside, which depends on the machine and its load.
/// </summary>
internal static class NativeMemory
{
    /// <summary>
    /// Bytes that malloc has handed out and not got back, when all that finalizers free is freed; skips the test where
    /// the C library cannot tell.
    /// </summary>
    public static long Used()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        try
        {
            MallInfo info = mallinfo2();
            return (long)(info.InUse + info.Mapped);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            Assert.Skip("it takes mallinfo2, of glibc 2.33 or newer");
            throw;
        }
    }

    [DllImport("libc")]
    private static extern MallInfo mallinfo2();

    // struct mallinfo2 of malloc.h: ten size_t.
    [StructLayout(LayoutKind.Sequential)]
    private struct MallInfo
    {
        public nuint Arena;
        public nuint FreeChunks;
        public nuint FastChunks;
        public nuint MappedRegions;
        public nuint Mapped;
        public nuint Unused;
        public nuint FastFree;
        public nuint InUse;
        public nuint Free;
        public nuint Trimmable;
    }
}
