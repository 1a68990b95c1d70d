using System.Diagnostics;
using System.Runtime.ExceptionServices;
using TaskGrain.Video.Native;

namespace TaskGrain.Video;

/// <summary>
/// Decodes videos into a frame store, several side by side. It can be cancelled or killed at any moment and run
/// again; then only what is not yet in the store is decoded. The clips lie in the store in the order of the list,
/// however many threads decode.
/// </summary>
internal static class VideoPacker
{
    /// <summary>Packs a list of videos.</summary>
    /// <param name="items">The videos; their names differ.</param>
    /// <param name="folder">The store's folder; made when missing, added to when it is a store.</param>
    /// <param name="options">Format, compression, threads.</param>
    /// <param name="progress">Told after every video, or null.</param>
    /// <param name="cancel">Stops the packing; what was finished is kept.</param>
    /// <returns>
    /// What was done and what failed; also written to the folder as <see cref="PackReport.FileName"/>.
    /// </returns>
    /// <exception cref="TaskGrainException">
    /// A name is there twice, the store has another format or another writer, or FFmpeg is missing. A video that cannot
    /// be read is no exception: it is listed in the report.
    /// </exception>
    /// <exception cref="IOException">
    /// The store cannot be written, as when the disk is full; clips committed before are kept.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked to stop.</exception>
    public static PackReport Run(
        IReadOnlyList<PackItem> items,
        string folder,
        PackOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(folder, options.Format, options.Compression);
        return Run(items, [], folder, writer, options.Threads, progress, cancel);
    }

    /// <summary>Packs into a store that is open for writing.</summary>
    /// <param name="items">The videos; their names differ.</param>
    /// <param name="refused">Videos that are not to be packed, for the report.</param>
    /// <param name="folder">The store's folder, where the report goes.</param>
    /// <param name="writer">The store.</param>
    /// <param name="threads">Videos decoded side by side; 0 for one a core.</param>
    /// <param name="progress">Told after every video, or null.</param>
    /// <param name="cancel">Stops the packing; what was finished is kept.</param>
    internal static PackReport Run(
        IReadOnlyList<PackItem> items,
        IReadOnlyList<PackFailure> refused,
        string folder,
        FrameStoreWriter writer,
        int threads,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        RefuseDuplicates(items);
        long start = Stopwatch.GetTimestamp();
        PackItem[] missing = [.. items.Where(item => !writer.Contains(item.Id))];
        if (missing.Length > 0)
        {
            // Without FFmpeg every video would be reported as unreadable.
            _ = Ffmpeg.Instance;
        }

        var run = new PackRun(missing, refused, writer, items.Count - missing.Length, progress);
        try
        {
            Work(run, threads == 0 ? Environment.ProcessorCount : threads, cancel);
        }
        finally
        {
            writer.Commit();
            run.Report(Stopwatch.GetElapsedTime(start)).Save(folder);
        }

        cancel.ThrowIfCancellationRequested();
        return run.Report(Stopwatch.GetElapsedTime(start));
    }

    private static void Work(PackRun run, int threads, CancellationToken cancel)
    {
        var workers = new Thread[threads];
        Exception? fault = null;
        for (int i = 0; i < threads; i++)
        {
            workers[i] = new Thread(() =>
            {
                try
                {
                    run.Work(cancel);
                }
                catch (Exception thrown)
                {
                    Interlocked.CompareExchange(ref fault, thrown, null);
                    run.Stop();
                }
            })
            {
                IsBackground = true,
                Name = $"packer {i}",
            };
            workers[i].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private static void RefuseDuplicates(IReadOnlyList<PackItem> items)
    {
        var names = new HashSet<string>(items.Count, StringComparer.Ordinal);
        foreach (PackItem item in items)
        {
            if (!names.Add(item.Id))
            {
                throw new TaskGrainException(
                    $"The clip name '{item.Id}' is in the list of videos twice; names must differ."
                );
            }
        }
    }
}
