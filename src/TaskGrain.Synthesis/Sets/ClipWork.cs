using System.Diagnostics;

namespace TaskGrain.Synthesis;

/// <summary>How many threads a setting means.</summary>
internal static class ClipWork
{
    public static int ThreadsOf(int setting) => setting > 0 ? setting : Environment.ProcessorCount;
}

/// <summary>
/// Makes clips on several threads and keeps them in their own order, so that the result does not depend on the number
/// of threads. Works in batches; each ends with a commit.
/// </summary>
internal sealed class ClipWork<T>(
    string stage,
    int count,
    int threads,
    IProgress<WorkProgress>? progress,
    CancellationToken cancellation
)
{
    public required Func<int, bool> IsDone { get; init; }

    public required Func<int, T> Make { get; init; }

    public Action<int, T>? Keep { get; init; }

    public Action? Commit { get; init; }

    public void Run()
    {
        int[] missing = [.. Enumerable.Range(0, count).Where(index => !IsDone(index))];
        int done = count - missing.Length,
            workers = ClipWork.ThreadsOf(threads);
        long start = Stopwatch.GetTimestamp();
        progress?.Report(new WorkProgress(stage, done, count, "clips", 0));
        int before = done;
        foreach (int[] batch in missing.Chunk(8 * workers))
        {
            var made = new T[batch.Length];
            var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
            try
            {
                Parallel.For(0, batch.Length, options, i => made[i] = Make(batch[i]));
            }
            catch (AggregateException several)
            {
                // One fault is enough to stop for, and is what the user can mend.
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }

            for (int i = 0; i < batch.Length; i++)
            {
                Keep?.Invoke(batch[i], made[i]);
            }

            Commit?.Invoke();
            done += batch.Length;
            double rate = (done - before) / Math.Max(1e-3, Stopwatch.GetElapsedTime(start).TotalSeconds);
            progress?.Report(new WorkProgress(stage, done, count, "clips", rate));
        }
    }
}
