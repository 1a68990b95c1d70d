using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TaskGrain.Runtime;

/// <summary>
/// Runs a kernel on the threads on which libtorch runs its own. On Linux those are OpenMP's, which after a layer wait
/// for the next one by spinning: .NET threads would have to fight them for the cores. Elsewhere it is a parallel loop.
/// </summary>
internal static unsafe class KernelThreads
{
    private static readonly Lazy<OpenMp?> Team = new(OpenMp.Find);

    /// <summary>Divides a range among the threads and waits for all.</summary>
    /// <param name="count">The range is [0, count).</param>
    /// <param name="body">Does a part: argument, first index, index after the last. Must not throw.</param>
    /// <param name="argument">Handed to <paramref name="body"/>; stays valid until this method returns.</param>
    /// <returns>The number of parts, each made by one thread.</returns>
    /// <remarks>
    /// The parts depend on the count and the number of threads alone, so that sums by part are reproducible.
    /// </remarks>
    public static int For(long count, delegate*<void*, int, long, long, void> body, void* argument)
    {
        int parts = (int)Math.Max(1, Math.Min(get_num_threads(), count));
        var job = new Job
        {
            Count = count,
            Parts = parts,
            Body = body,
            Argument = argument,
        };
        if (parts == 1)
        {
            body(argument, 0, 0, count);
        }
        else if (Team.Value is { } openMp)
        {
            job.ThreadNumber = openMp.ThreadNumber;
            job.ThreadCount = openMp.ThreadCount;
            openMp.Parallel(&RunOnOpenMp, &job, (uint)parts, 0);
        }
        else
        {
            nint address = (nint)(&job);
            Parallel.For(0, parts, part => RunPart((Job*)address, part));
        }

        return parts;
    }

    [UnmanagedCallersOnly]
    private static void RunOnOpenMp(Job* job)
    {
        // OpenMP may give fewer threads than asked for: each then does several parts.
        int threads = job->ThreadCount();
        for (int part = job->ThreadNumber(); part < job->Parts; part += threads)
        {
            RunPart(job, part);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunPart(Job* job, int part) =>
        job->Body(job->Argument, part, job->Count * part / job->Parts, job->Count * (part + 1) / job->Parts);

    private struct Job
    {
        public long Count;
        public int Parts;
        public delegate*<void*, int, long, long, void> Body;
        public void* Argument;
        public delegate* unmanaged<int> ThreadNumber;
        public delegate* unmanaged<int> ThreadCount;
    }

    /// <summary>Entry points of the OpenMP runtime that libtorch has loaded.</summary>
    private sealed class OpenMp
    {
        public delegate* unmanaged<delegate* unmanaged<Job*, void>, Job*, uint, uint, void> Parallel
        {
            get;
            private init;
        }

        public delegate* unmanaged<int> ThreadNumber { get; private init; }

        public delegate* unmanaged<int> ThreadCount { get; private init; }

        /// <summary>
        /// Looks for the runtime among the loaded libraries; GNU's, LLVM's and Intel's all have these functions.
        /// </summary>
        public static OpenMp? Find()
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            using Process self = Process.GetCurrentProcess();
            foreach (ProcessModule module in self.Modules)
            {
                string name = Path.GetFileName(module.FileName);
                bool isOpenMp =
                    name.StartsWith("libgomp", StringComparison.Ordinal)
                    || name.StartsWith("libomp", StringComparison.Ordinal)
                    || name.StartsWith("libiomp", StringComparison.Ordinal);
                if (
                    isOpenMp
                    && NativeLibrary.TryLoad(module.FileName, out nint library)
                    && NativeLibrary.TryGetExport(library, "GOMP_parallel", out nint parallel)
                    && NativeLibrary.TryGetExport(library, "omp_get_thread_num", out nint number)
                    && NativeLibrary.TryGetExport(library, "omp_get_num_threads", out nint count)
                )
                {
                    return new OpenMp
                    {
                        Parallel = (delegate* unmanaged<
                            delegate* unmanaged<Job*, void>,
                            Job*,
                            uint,
                            uint,
                            void>)parallel,
                        ThreadNumber = (delegate* unmanaged<int>)number,
                        ThreadCount = (delegate* unmanaged<int>)count,
                    };
                }
            }

            return null;
        }
    }
}
