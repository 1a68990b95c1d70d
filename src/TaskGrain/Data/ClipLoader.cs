using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Assembles batches of clips and their targets from a frame store on background threads, a few batches ahead of
/// their consumer, in reused pinned buffers. Which frames and crops are taken depends on the seed and the clip's
/// position in the order alone, so the batches are the same for any number of workers.
/// </summary>
public sealed class ClipLoader : IDisposable
{
    private readonly IClipFrames _source;
    private readonly ClipSamplerOptions _options;
    private readonly int _batchSize;
    private readonly int _workers;
    private readonly ConcurrentBag<byte[]> _buffers = [];
    private long _waitTicks;
    private bool _disposed;

    /// <summary>Makes a loader.</summary>
    /// <param name="store">The clips; stays open for as long as batches are loaded, and is not disposed here.</param>
    /// <param name="options">Length and crop of the clips.</param>
    /// <param name="batchSize">Clips in a batch, at least 1; a batch never has more than there are clips.</param>
    /// <param name="workers">Background threads, at least 1.</param>
    /// <exception cref="TaskGrainException">
    /// An option is out of range or the crop is larger than the store's frames.
    /// </exception>
    public ClipLoader(FrameStore store, ClipSamplerOptions options, int batchSize, int workers)
        : this((IClipFrames)store, options, batchSize, workers) { }

    /// <summary>Makes a loader of clips that need not lie in a store.</summary>
    internal ClipLoader(IClipFrames source, ClipSamplerOptions options, int batchSize, int workers)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        new ClipSampler(options).Centre(frameCount: 1, source.Format.Width, source.Format.Height);
        _source = source;
        _options = options;
        _batchSize = batchSize;
        _workers = workers;
    }

    /// <summary>How long consumers have waited for a batch in total: time the computation lost to loading.</summary>
    public TimeSpan WaitTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _waitTicks));

    /// <summary>
    /// Loads clips without targets; see
    /// <see cref="Load(IReadOnlyList{ClipExample}, bool, ulong, CancellationToken, int)"/>.
    /// </summary>
    /// <param name="storeIndices">Clips' numbers in the store, in the order they are wanted.</param>
    /// <param name="training">Random clips; otherwise the middle ones.</param>
    /// <param name="seed">Fixes the random clips.</param>
    /// <param name="cancel">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Batches, each to be disposed by the consumer when it is done with it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The store has no clip of that number.</exception>
    public IEnumerable<ClipBatch> Load(
        IReadOnlyList<int> storeIndices,
        bool training,
        ulong seed,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(storeIndices);
        return Load([.. storeIndices.Select(index => new ClipExample(index))], training, seed, cancel);
    }

    /// <summary>
    /// Loads clips with their targets in the given order. The threads start with the enumeration and end with it.
    /// </summary>
    /// <param name="examples">The clips; one whose mirror image has no target is never mirrored.</param>
    /// <param name="training">Random clips; otherwise the middle ones.</param>
    /// <param name="seed">Fixes the random clips of this epoch.</param>
    /// <param name="cancel">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <param name="firstBatch">
    /// Batches left out at the beginning: those that follow are what they would be without.
    /// </param>
    /// <returns>Batches, each to be disposed by the consumer when it is done with it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The store has no clip of that number.</exception>
    /// <exception cref="TaskGrainException">While enumerating: a clip is damaged.</exception>
    public IEnumerable<ClipBatch> Load(
        IReadOnlyList<ClipExample> examples,
        bool training,
        ulong seed,
        CancellationToken cancel = default,
        int firstBatch = 0
    )
    {
        ArgumentNullException.ThrowIfNull(examples);
        foreach (ClipExample example in examples)
        {
            if ((uint)example.StoreIndex >= (uint)_source.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(examples),
                    example.StoreIndex,
                    $"The store has {_source.Count} clips."
                );
            }
        }

        return LoadAsAsked(examples, training, seed, cancel, firstBatch);
    }

    /// <summary>
    /// As above, of a list whose clips are made when they are asked for: each is asked for once, by the thread that
    /// assembles it, and its number is taken as it is.
    /// </summary>
    internal IEnumerable<ClipBatch> LoadAsAsked(
        IReadOnlyList<ClipExample> examples,
        bool training,
        ulong seed,
        CancellationToken cancel,
        int firstBatch
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Enumerate(examples, training, seed, firstBatch, cancel);
    }

    /// <summary>Lets the buffers go. Batches still held stay valid.</summary>
    public void Dispose()
    {
        _disposed = true;
        _buffers.Clear();
    }

    private IEnumerable<ClipBatch> Enumerate(
        IReadOnlyList<ClipExample> examples,
        bool training,
        ulong seed,
        int firstBatch,
        CancellationToken cancel
    )
    {
        // No more clips than there are: buffers are of a batch's size, however large a one was asked for.
        int batchSize = Math.Min(_batchSize, Math.Max(1, examples.Count));
        using var assembly = new ClipAssembly(
            _source,
            _options,
            batchSize,
            examples,
            training,
            seed,
            firstBatch,
            RentBuffer
        );
        assembly.Start(_workers);
        for (int batch = firstBatch; batch < assembly.BatchCount; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            PendingBatch pending = assembly.Take(cancel);
            Interlocked.Add(ref _waitTicks, Stopwatch.GetTimestamp() - start);
            Memory<byte> pixels = MemoryMarshal.CreateFromPinnedArray(
                pending.Buffer,
                0,
                pending.Examples.Length * assembly.ClipBytes
            );
            yield return new ClipBatch(pixels, pending.Examples, pending.Plans, () => ReturnBuffer(pending.Buffer));
        }
    }

    private byte[] RentBuffer(int size) =>
        _buffers.TryTake(out byte[]? buffer) && buffer.Length == size
            ? buffer
            : GC.AllocateUninitializedArray<byte>(size, pinned: true);

    private void ReturnBuffer(byte[] buffer)
    {
        if (!_disposed)
        {
            _buffers.Add(buffer);
        }
    }
}
