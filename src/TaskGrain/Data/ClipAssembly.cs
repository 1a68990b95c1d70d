using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// One pass over a list of clips: workers take the clips one by one in order and fill them into batches, a few batches
/// ahead of the one consumer. A clip is asked of the list by the worker that fills it in, and once.
/// </summary>
internal sealed class ClipAssembly : IDisposable
{
    private const int LeastAhead = 3;

    // A monitor, not a Lock: workers and the consumer wait for each other on it.
    private readonly object _gate = new();
    private readonly IClipFrames _source;
    private readonly ClipPlanner _planner;
    private readonly IReadOnlyList<ClipExample> _order;
    private readonly Func<int, byte[]> _rentBuffer;
    private readonly int _batchSize;
    private readonly int _cropSize;
    private readonly Dictionary<int, PendingBatch> _pending = [];
    private readonly List<Thread> _workers = [];
    private int _batchesAhead = LeastAhead;
    private int _nextClip;
    private int _taken;
    private bool _stopped;
    private Exception? _fault;

    public ClipAssembly(
        IClipFrames source,
        ClipSamplerOptions options,
        int batchSize,
        IReadOnlyList<ClipExample> order,
        bool training,
        ulong seed,
        int firstBatch,
        Func<int, byte[]> rentBuffer
    )
    {
        _source = source;
        _planner = new ClipPlanner(source, options, training, seed);
        _cropSize = options.CropSize;
        _batchSize = batchSize;
        _order = order;
        _rentBuffer = rentBuffer;
        long clipBytes = (long)options.Frames * options.CropSize * options.CropSize * 3;
        if (clipBytes * batchSize > Array.MaxLength)
        {
            throw new TaskGrainException(
                $"A batch of {batchSize} clips of {options.Frames} frames of {options.CropSize}×{options.CropSize} "
                    + $"takes {clipBytes * batchSize:N0} bytes; at most "
                    + $"{Math.Max(1, Array.MaxLength / clipBytes)} such clips fit into a batch."
            );
        }

        ClipBytes = (int)clipBytes;
        BatchCount = (int)((order.Count + (long)batchSize - 1) / batchSize);
        _taken = firstBatch;
        _nextClip = (int)Math.Min(order.Count, (long)firstBatch * batchSize);
    }

    /// <summary>Bytes of one clip of a batch.</summary>
    public int ClipBytes { get; }

    public int BatchCount { get; }

    /// <summary>Threads at work.</summary>
    public int Running => _workers.Count(worker => worker.IsAlive);

    public void Start(int workers)
    {
        // Work for every worker, however many there are and however small the batches, and a batch in store.
        _batchesAhead = Math.Max(LeastAhead, ((workers + _batchSize - 1) / _batchSize) + 1);
        for (int i = 0; i < workers; i++)
        {
            var worker = new Thread(Work) { IsBackground = true, Name = $"clip loader {i}" };
            _workers.Add(worker);
            worker.Start();
        }
    }

    /// <summary>Waits for the next batch in order.</summary>
    public PendingBatch Take(CancellationToken cancel)
    {
        using CancellationTokenRegistration wake = cancel.Register(() =>
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        });
        lock (_gate)
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                if (_pending.TryGetValue(_taken, out PendingBatch? batch) && batch.Missing == 0)
                {
                    _pending.Remove(_taken);
                    _taken++;
                    Monitor.PulseAll(_gate);
                    return batch;
                }

                if (_fault is not null)
                {
                    // Thrown as it is, so that what the caller catches does not depend on the thread it came from.
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_fault);
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Stops the workers and waits until the last has left the store.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread worker in _workers)
        {
            worker.Join();
        }
    }

    private void Work()
    {
        try
        {
            while (NextClip() is ({ } batch, int clip))
            {
                Fill(batch, clip);
                lock (_gate)
                {
                    batch.Missing--;
                    if (batch.Missing == 0)
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
                _fault ??= fault;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private (PendingBatch? Batch, int Clip) NextClip()
    {
        lock (_gate)
        {
            while (
                !_stopped
                && _fault is null
                && _nextClip < _order.Count
                && _nextClip / _batchSize >= _taken + _batchesAhead
            )
            {
                Monitor.Wait(_gate);
            }

            if (_stopped || _fault is not null || _nextClip >= _order.Count)
            {
                return (null, 0);
            }

            int clip = _nextClip++;
            int number = clip / _batchSize;
            if (!_pending.TryGetValue(number, out PendingBatch? batch))
            {
                int first = number * _batchSize;
                batch = new PendingBatch(
                    _rentBuffer(_batchSize * ClipBytes),
                    Math.Min(_batchSize, _order.Count - first)
                );
                _pending.Add(number, batch);
            }

            return (batch, clip);
        }
    }

    private void Fill(PendingBatch batch, int clip)
    {
        int slot = clip % _batchSize;
        ClipExample example = batch.Examples[slot] = _order[clip];
        int index = example.StoreIndex;
        ClipPlan plan = _planner.Plan(example, clip);
        Span<byte> pixels = batch.Buffer.AsSpan(slot * ClipBytes, ClipBytes);
        _source.ReadFrames(index, plan.Frames, plan.Crop, pixels);
        if (plan.Flipped)
        {
            FrameMirror.LeftToRight(pixels, _cropSize);
        }

        batch.Plans[slot] = plan;
    }
}
