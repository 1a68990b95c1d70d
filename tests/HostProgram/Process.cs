using System.Globalization;
using System.Runtime.InteropServices;

namespace TaskGrain.HostProgram;

/// <summary>What can be seen of a Linux process from within, without asking the library.</summary>
internal static unsafe class Process
{
    /// <summary>Whether a large block stays in the process after it is freed. glibc by itself unmaps it.</summary>
    public static bool MallocKeepsMemory()
    {
        // Above the 32 MiB to which glibc raises its mapping threshold at most.
        byte* block = (byte*)NativeMemory.Alloc(64 << 20);
        ulong address = (ulong)block + (32 << 20);
        NativeMemory.Free(block);
        return File.ReadLines("/proc/self/maps")
            .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-'))
            .Any(range => Number(range[0]) <= address && address < Number(range[1]));
    }

    /// <summary>An environment variable as native libraries see it.</summary>
    public static string? Variable(string name) => Marshal.PtrToStringUTF8(getenv(name));

    /// <summary>Different files of a library in this process.</summary>
    public static int CountLibraries(string name) =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Count();

    private static ulong Number(string hexadecimal) =>
        ulong.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint getenv([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
