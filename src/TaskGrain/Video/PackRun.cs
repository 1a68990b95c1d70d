using System.Diagnostics;

namespace TaskGrain.Video;

/// <summary>
/// The work of one packing: threads take videos in order, decode them, and hand them in; they are written in order,
/// by whichever thread hands in the one that is next. A thread that is far ahead of the slowest waits.
/// </summary>
internal sealed class PackRun(
    PackItem[] items,
    IReadOnlyList<PackFailure> refused,
    FrameStoreWriter writer,
    int alreadyThere,
    IProgress<WorkProgress>? progress
)
{
    private const int MostAhead = 64;
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(2);

    // A monitor, not a Lock: threads wait on it for the slowest.
    private readonly object _gate = new();
    private readonly Dictionary<int, Outcome> _handedIn = [];
    private readonly List<PackFailure> _failures = [.. refused];
    private readonly List<PackWarning> _warnings = [];
    private readonly RateMeter _meter = new();
    private int _nextToTake;
    private int _nextToWrite;
    private int _added;
    private bool _stopped;
    private long _lastCommit = Stopwatch.GetTimestamp();

    public void Work(CancellationToken cancel)
    {
        while (Take(cancel) is { } number)
        {
            Outcome outcome;
            try
            {
                outcome = Decode(items[number], cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            HandIn(number, outcome);
        }
    }

    /// <summary>Lets all threads end after the video they are at.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    public PackReport Report(TimeSpan time)
    {
        lock (_gate)
        {
            return new PackReport
            {
                Asked = items.Length + alreadyThere + refused.Count,
                AlreadyThere = alreadyThere,
                Added = _added,
                Failures = [.. _failures],
                Warnings = [.. _warnings],
                Seconds = Math.Round(time.TotalSeconds, 3),
                Finished = _nextToWrite == items.Length,
            };
        }
    }

    private int? Take(CancellationToken cancel)
    {
        // Registered outside the lock, as a cancelled token runs the callback at once.
        using CancellationTokenRegistration wake = cancel.Register(Stop);
        lock (_gate)
        {
            while (!_stopped && _nextToTake < items.Length && _nextToTake >= _nextToWrite + MostAhead)
            {
                Monitor.Wait(_gate);
            }

            return _stopped || _nextToTake >= items.Length ? null : _nextToTake++;
        }
    }

    private Outcome Decode(PackItem item, CancellationToken cancel)
    {
        try
        {
            return new Outcome(writer.Encode(item.Id, VideoReader.Read(item.Path, writer.Format, cancel)), null);
        }
        catch (Exception fault) when (fault is TaskGrainException or IOException or UnauthorizedAccessException)
        {
            // The report has the path in a place of its own.
            string reason = fault.Message.StartsWith(item.Path + ": ", StringComparison.Ordinal)
                ? fault.Message[(item.Path.Length + 2)..]
                : fault.Message;
            return new Outcome(null, new PackFailure(item.Id, item.Path, reason));
        }
    }

    private void HandIn(int number, Outcome outcome)
    {
        lock (_gate)
        {
            _handedIn.Add(number, outcome);
            while (_handedIn.Remove(_nextToWrite, out Outcome? next))
            {
                Write(next);
                _nextToWrite++;
            }

            if (Stopwatch.GetElapsedTime(_lastCommit) > CommitInterval)
            {
                writer.Commit();
                _lastCommit = Stopwatch.GetTimestamp();
            }

            Monitor.PulseAll(_gate);
        }
    }

    private void Write(Outcome outcome)
    {
        if (outcome.Clip is { } clip)
        {
            writer.Append(clip);
            _added++;
            if (clip.Warning is { } warning)
            {
                _warnings.Add(new PackWarning(clip.Id, warning));
            }
        }
        else
        {
            _failures.Add(outcome.Failure!);
        }

        progress?.Report(
            new WorkProgress(
                "packing",
                alreadyThere + _added + _failures.Count,
                alreadyThere + items.Length + refused.Count,
                "clips",
                _meter.Add(1),
                _failures.Count == 0 ? null : $"{_failures.Count} failed"
            )
        );
    }

    private sealed record Outcome(EncodedClip? Clip, PackFailure? Failure);
}
