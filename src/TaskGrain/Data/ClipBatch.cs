namespace TaskGrain.Data;

/// <summary>
/// Clips assembled by a <see cref="ClipLoader"/>. Disposing it gives its buffer back for a later batch.
/// </summary>
public sealed class ClipBatch : IDisposable
{
    private readonly Memory<byte> _pixels;
    private Action? _giveBack;

    internal ClipBatch(
        Memory<byte> pixels,
        IReadOnlyList<int> storeIndices,
        IReadOnlyList<bool> flipped,
        Action giveBack
    )
    {
        _pixels = pixels;
        StoreIndices = storeIndices;
        Flipped = flipped;
        _giveBack = giveBack;
    }

    /// <summary>(N, T, H, W, 3), RGB, one byte a value, in pinned memory; valid until the batch is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    public Memory<byte> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_giveBack is null, this);
            return _pixels;
        }
    }

    /// <summary>Number of clips N; the last batch of an epoch may be smaller than the others.</summary>
    public int Count => StoreIndices.Count;

    /// <summary>The clips' numbers in the store.</summary>
    public IReadOnlyList<int> StoreIndices { get; }

    /// <summary>Which clips are mirrored left to right.</summary>
    public IReadOnlyList<bool> Flipped { get; }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
