using System.Diagnostics;
using System.Runtime.ExceptionServices;
using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>How many threads a setting means.</summary>
internal static class ClipWork
{
    public static int ThreadsOf(int setting) => setting > 0 ? setting : Environment.ProcessorCount;
}

/// <summary>
/// Makes clips on several threads while the calling thread keeps them, in their own order, so that the result does not
/// depend on the number of threads. A thread that is far ahead of the clip that is to be kept next waits, so that no
/// more than a few clips a thread are in memory; keeping and committing never stop the making.
/// </summary>
internal sealed class ClipWork<T>(
    string stage,
    int count,
    int threads,
    IProgress<WorkProgress>? progress,
    CancellationToken cancellation
)
{
    private const int MostAhead = 8;

    // Short, as it costs the makers nothing, and so little is left to be written when the last clip is made.
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(0.5);

    // A monitor, not a Lock: makers and the keeper wait for each other on it.
    private readonly object _gate = new();
    private readonly int _workers = ClipWork.ThreadsOf(threads);
    private readonly Dictionary<int, T> _made = [];
    private int[] _missing = [];
    private int _nextToMake;
    private int _nextToKeep;
    private bool _stopped;
    private Exception? _fault;

    /// <summary>Whether a clip is there already.</summary>
    public required Func<int, bool> IsDone { get; init; }

    /// <summary>Makes a clip; called on several threads at once.</summary>
    public required Func<int, T> Make { get; init; }

    /// <summary>Keeps a clip; called on one thread, in order.</summary>
    public Action<int, T>? Keep { get; init; }

    /// <summary>Makes sure of what was kept; called now and then and at the end, where clips are kept.</summary>
    public Action? Commit { get; init; }

    /// <summary>Makes all clips that are missing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; no thread is at work any more.</exception>
    public void Run()
    {
        _missing = [.. Enumerable.Range(0, count).Where(index => !IsDone(index))];
        progress?.Report(new WorkProgress(stage, count - _missing.Length, count, "clips", 0));
        using CancellationTokenRegistration wake = cancellation.Register(Stop);
        Thread[] makers = [.. Enumerable.Range(0, Math.Min(_workers, _missing.Length)).Select(StartMaker)];
        try
        {
            KeepAll();
            Commit?.Invoke();
        }
        finally
        {
            Stop();
            foreach (Thread maker in makers)
            {
                maker.Join();
            }
        }
    }

    private Thread StartMaker(int number)
    {
        var maker = new Thread(MakeClips) { IsBackground = true, Name = $"{stage} {number}" };
        maker.Start();
        return maker;
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void MakeClips()
    {
        try
        {
            while (Take() is { } place)
            {
                T clip = Make(_missing[place]);
                lock (_gate)
                {
                    _made.Add(place, clip);
                    if (place == _nextToKeep)
                    {
                        Monitor.PulseAll(_gate);
                    }
                }
            }
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                // One fault is enough to stop for, and is what the user can mend.
                _fault ??= fault;
            }

            Stop();
        }
    }

    private int? Take()
    {
        lock (_gate)
        {
            while (!_stopped && _nextToMake < _missing.Length && _nextToMake >= _nextToKeep + (MostAhead * _workers))
            {
                Monitor.Wait(_gate);
            }

            return _stopped || _nextToMake >= _missing.Length ? null : _nextToMake++;
        }
    }

    private void KeepAll()
    {
        var meter = new RateMeter();
        int there = count - _missing.Length;
        long lastCommit = Stopwatch.GetTimestamp();
        for (int place = 0; place < _missing.Length; place++)
        {
            T clip = Next(place);
            Keep?.Invoke(_missing[place], clip);
            progress?.Report(new WorkProgress(stage, there + place + 1, count, "clips", meter.Add(1)));
            if (Stopwatch.GetElapsedTime(lastCommit) > CommitInterval)
            {
                Commit?.Invoke();
                lastCommit = Stopwatch.GetTimestamp();
            }
        }
    }

    /// <summary>Waits for the clip of a place; what is made is kept even when others have failed.</summary>
    private T Next(int place)
    {
        lock (_gate)
        {
            T? clip;
            while (!_made.Remove(place, out clip))
            {
                if (_fault is not null)
                {
                    ExceptionDispatchInfo.Throw(_fault);
                }

                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            _nextToKeep = place + 1;
            Monitor.PulseAll(_gate);
            return clip;
        }
    }
}
