using System.Diagnostics;

namespace TaskGrain.Tests.Cli;

/// <summary>Kills processes in the middle of their work: told by what they write, not by the clock.</summary>
internal static class Kill
{
    /// <summary>
    /// Kills a process (SIGKILL) as soon as it has changed files in a folder so many times: made, written to, renamed.
    /// </summary>
    /// <param name="start">Starts the process; the folder is watched from before.</param>
    /// <param name="folder">The folder, which exists; those in it count too.</param>
    /// <param name="changes">Number of changes.</param>
    /// <returns>False when the process ended before that.</returns>
    public static bool AfterChanges(Func<Process> start, string folder, int changes)
    {
        using var reached = new ManualResetEventSlim();
        int seen = 0;
        void Count(object sender, FileSystemEventArgs change)
        {
            if (Interlocked.Increment(ref seen) == changes)
            {
                reached.Set();
            }
        }

        using var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += Count;
        watcher.Changed += Count;
        watcher.Renamed += Count;
        watcher.EnableRaisingEvents = true;
        using Process process = start();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => reached.Set();
        if (process.HasExited)
        {
            reached.Set();
        }

        reached.Wait();
        bool hit = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return hit && process.ExitCode != 0;
    }
}
