using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Clips assembled by a <see cref="ClipLoader"/>, with their targets. Disposing it gives its buffer back for a later
/// batch.
/// </summary>
public sealed class ClipBatch : IDisposable
{
    private readonly Memory<byte> _pixels;
    private Action? _giveBack;

    internal ClipBatch(
        Memory<byte> pixels,
        IReadOnlyList<ClipExample> examples,
        IReadOnlyList<ClipPlan> plans,
        Action giveBack
    )
    {
        _pixels = pixels;
        Examples = examples;
        Plans = plans;
        Flipped = [.. plans.Select(plan => plan.Flipped)];
        Targets = [.. examples.Zip(Flipped, (example, mirrored) => example.Seen(mirrored)).OfType<ClipTarget>()];
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
    public int Count => Examples.Count;

    /// <summary>The clips, as they were asked for.</summary>
    public IReadOnlyList<ClipExample> Examples { get; }

    /// <summary>
    /// What was cut out of each clip. Colours are not changed yet: that is left to whoever has the numbers.
    /// </summary>
    internal IReadOnlyList<ClipPlan> Plans { get; }

    /// <summary>Which clips are mirrored left to right; never one whose mirror image has no target.</summary>
    public IReadOnlyList<bool> Flipped { get; }

    /// <summary>
    /// The N targets, those of the mirror image where a clip is mirrored; empty when clips were loaded without targets.
    /// </summary>
    public IReadOnlyList<ClipTarget> Targets { get; }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
