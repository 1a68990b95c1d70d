using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Features of an image network: one vector a frame, of that frame alone (the paper's VGG16), at the rate of the
/// frames it is given.
/// </summary>
/// <param name="info">
/// What the network is; its <see cref="FeatureSourceInfo.VectorsPerSecond"/> may differ from the frames' rate.
/// </param>
/// <param name="network">From frames (N, H, W, 3), RGB bytes, and N to vectors (N, D), row-major.</param>
/// <param name="batchSize">
/// Frames the network gets at once; part of what makes the result bit-stable, so part of the identity.
/// </param>
/// <param name="owned">Disposed with the source: the network's weights; null for none.</param>
internal sealed class FrameBackboneSource(
    FeatureSourceInfo info,
    Func<ReadOnlyMemory<byte>, int, float[]> network,
    int batchSize = 16,
    IDisposable? owned = null
) : IFeatureSource
{
    /// <inheritdoc/>
    public FeatureSourceInfo Info { get; } = info with { Identity = $"{info.Identity}-{batchSize}" };

    /// <summary>What the source owns; the network itself, where it is one of ours.</summary>
    internal IDisposable? Owned => owned;

    /// <inheritdoc/>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        BackboneFrames.RequireFormat(frames, Info);
        int dimension = Info.Dimension;
        float[] values = new float[frames.Count * dimension];
        for (int first = 0; first < frames.Count; first += batchSize)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, frames.Count - first);
            int bytes = frames.Format.BytesPerFrame;
            float[] vectors = network(frames.Pixels.Slice(first * bytes, count * bytes), count);
            BackboneFrames.RequireLength(vectors, count * dimension);
            vectors.CopyTo(values, first * dimension);
        }

        double fps = frames.Format.FramesPerSecond;
        return FeatureResampling.ToRate(
            new FeatureSequence(values, frames.Count, dimension),
            [.. Enumerable.Range(0, frames.Count).Select(frame => frame / fps)],
            frames.Count / fps,
            Info.VectorsPerSecond
        );
    }

    /// <inheritdoc/>
    public void Dispose() => Owned?.Dispose();
}
