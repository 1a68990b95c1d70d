using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace TaskGrain.Tests;

/// <summary>Does things as a user who may not read everything, also where the tests run as root.</summary>
internal static class OrdinaryUser
{
    private const uint Nobody = 65534;

    /// <summary>
    /// Runs an action; where this is root, on a thread that opens files in the name of <c>nobody</c>.
    /// </summary>
    public static void Run(Action action)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            action();
            return;
        }

        Assert.SkipUnless(OperatingSystem.IsLinux(), "this user may read all files");
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            // Of this thread alone; the kernel takes root's right to read everything away with it.
            _ = setfsuid(Nobody);
            try
            {
                action();
            }
            catch (Exception thrown)
            {
                fault = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
    }

    [DllImport("libc")]
    private static extern int setfsuid(uint user);
}
