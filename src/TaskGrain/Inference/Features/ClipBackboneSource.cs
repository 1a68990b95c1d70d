using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Features of a network that gives one vector for a clip of frames (the paper's inflated ResNet-34, which gets the
/// video in clips of 16 frames). Each vector stands for the middle of its clip; between two middles vectors are
/// interpolated, so that there are as many for a second as of any other source.
/// </summary>
/// <remarks>
/// The last clip ends with the video; a video shorter than a clip has its first and last frame repeated, half each.
/// </remarks>
/// <param name="info">What the network is.</param>
/// <param name="network">From one clip (T, H, W, 3), RGB bytes, to its vector (D).</param>
/// <param name="clipFrames">T; the paper's 16.</param>
/// <param name="hop">
/// Frames from the start of a clip to the start of the next; the paper's 16, that is side by side.
/// </param>
/// <param name="owned">Disposed with the source: the network's weights; null for none.</param>
public sealed class ClipBackboneSource(
    FeatureSourceInfo info,
    Func<ReadOnlyMemory<byte>, float[]> network,
    int clipFrames = 16,
    int hop = 16,
    IDisposable? owned = null
) : IFeatureSource
{
    /// <inheritdoc/>
    public FeatureSourceInfo Info { get; } = info with { Identity = $"{info.Identity}-{clipFrames}-{hop}" };

    /// <inheritdoc/>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        BackboneFrames.RequireFormat(frames, Info);
        List<int> starts = Starts(frames.Count);
        List<float[]> vectors = [];
        foreach (int start in starts)
        {
            cancel.ThrowIfCancellationRequested();
            float[] vector = network(Clip(frames, start));
            BackboneFrames.RequireLength(vector, Info.Dimension);
            vectors.Add(vector);
        }

        double fps = frames.Format.FramesPerSecond;
        return FeatureResampling.ToRate(
            new FeatureSequence([.. vectors.SelectMany(vector => vector)], starts.Count, Info.Dimension),
            [.. starts.Select(start => (start + ((clipFrames - 1) / 2.0)) / fps)],
            frames.Count / fps,
            Info.VectorsPerSecond
        );
    }

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();

    private List<int> Starts(int frames)
    {
        if (frames <= clipFrames)
        {
            return [(frames - clipFrames) / 2];
        }

        List<int> starts = [];
        for (int start = 0; start < frames - clipFrames; start += hop)
        {
            starts.Add(start);
        }

        starts.Add(frames - clipFrames);
        return starts;
    }

    private byte[] Clip(VideoFrames frames, int start)
    {
        int bytes = frames.Format.BytesPerFrame;
        byte[] clip = new byte[clipFrames * bytes];
        for (int i = 0; i < clipFrames; i++)
        {
            frames.Frame(Math.Clamp(start + i, 0, frames.Count - 1)).CopyTo(clip.AsSpan(i * bytes));
        }

        return clip;
    }
}
