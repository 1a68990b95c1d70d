using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// A temporal convolution over an endless sequence of frames: it keeps the last two frames it read, so that a new
/// frame costs the work of one. An output needs the frame after it, hence it comes one frame late.
/// </summary>
/// <param name="layer">A convolution over three frames.</param>
internal sealed class StreamingConvolution(FoldedConvolution layer) : IDisposable
{
    // (1, 1 or 2, H, W, C): the last frames read; before the second frame, a frame of zeros stands for the one before
    // the video begins. Null before the first frame.
    private Tensor? _last;

    /// <summary>Reads frames.</summary>
    /// <param name="frames">(1, C, T, H, W), channels-last.</param>
    /// <returns>
    /// (1, C', T or T - 1, H', W'), channels-last: one frame fewer the first time; null for no frame.
    /// </returns>
    public Tensor? Push(Tensor frames)
    {
        using var scope = NewDisposeScope();
        Tensor arrived = frames.permute(0, 2, 3, 4, 1);
        Tensor before = _last ?? zeros_like(arrived.narrow(1, 0, 1));
        Tensor known = cat([before, arrived], 1);
        long count = known.shape[1];
        Keep(known.narrow(1, count - 2, 2).clone());
        return count < 3 ? null : Convolve(known).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The output of the last frame, after which a frame of zeros stands for the end; then starts afresh.
    /// </summary>
    /// <returns>(1, C', 1, H', W'), channels-last; null when no frame was read.</returns>
    public Tensor? Flush()
    {
        if (_last is null)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        Tensor output = Convolve(cat([_last, zeros_like(_last.narrow(1, 0, 1))], 1)).MoveToOuterDisposeScope();
        Keep(null);
        return output;
    }

    /// <summary>Forgets all frames.</summary>
    public void Dispose() => Keep(null);

    private Tensor Convolve(Tensor frames) => layer.Apply(frames.permute(0, 4, 1, 2, 3), padTime: false);

    private void Keep(Tensor? frames)
    {
        _last?.Dispose();
        _last = frames?.DetachFromDisposeScope();
    }
}
