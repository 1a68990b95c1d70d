using System.Runtime.InteropServices;

namespace TaskGrain.Runtime;

/// <summary>
/// How long libtorch's OpenMP threads spin for their next piece of work before they sleep. GNU's default, about a
/// millisecond, suits a machine of one's own. Where something else wants the cores, a thread that spins keeps them
/// from the thread it is waiting for, at every barrier: on two cores shared with another program, training fell to a
/// fifteenth of its speed. A spin of some ten microseconds bridges the gap between two layers and no more.
/// </summary>
internal static partial class OpenMpWaiting
{
    /// <summary>The environment variable of GNU's OpenMP: rounds a waiting thread turns before it sleeps.</summary>
    public const string SpinVariable = "GOMP_SPINCOUNT";

    /// <summary>What GNU's OpenMP takes when nothing is set.</summary>
    public const string LibraryDefault = "300000";

    private const string PolicyVariable = "OMP_WAIT_POLICY";
    private const string Spins = "1000";

    /// <summary>
    /// Sets the spin, unless the user has set how OpenMP waits. Works until OpenMP is loaded, which reads it once.
    /// </summary>
    public static void Shorten()
    {
        if (
            OperatingSystem.IsLinux()
            && Environment.GetEnvironmentVariable(SpinVariable) is null
            && Environment.GetEnvironmentVariable(PolicyVariable) is null
        )
        {
            // .NET's own environment is a copy; native libraries read the C library's.
            _ = SetEnvironment(SpinVariable, Spins, overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
