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
/// <param name="network">From clips (N, T, H, W, 3), RGB bytes, and N to vectors (N, D), row-major.</param>
/// <param name="clipFrames">T; the paper's 16.</param>
/// <param name="hop">
/// Frames from the start of a clip to the start of the next; the paper's 16, that is side by side.
/// </param>
/// <param name="batchSize">
/// Clips the network gets at once; part of what makes the result bit-stable, so part of the identity.
/// </param>
/// <param name="owned">Disposed with the source: the network's weights; null for none.</param>
internal sealed class ClipBackboneSource(
    FeatureSourceInfo info,
    Func<ReadOnlyMemory<byte>, int, float[]> network,
    int clipFrames = 16,
    int hop = 16,
    int batchSize = 1,
    IDisposable? owned = null
) : IFeatureSource
{
    /// <inheritdoc/>
    public FeatureSourceInfo Info { get; } = info with { Identity = $"{info.Identity}-{clipFrames}-{hop}-{batchSize}" };

    /// <inheritdoc/>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        BackboneFrames.RequireFormat(frames, Info);
        List<int> starts = Starts(frames.Count);
        float[] values = new float[starts.Count * Info.Dimension];
        for (int first = 0; first < starts.Count; first += batchSize)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, starts.Count - first);
            float[] vectors = network(Clips(frames, starts.GetRange(first, count)), count);
            BackboneFrames.RequireLength(vectors, count * Info.Dimension);
            vectors.CopyTo(values, first * Info.Dimension);
        }

        double fps = frames.Format.FramesPerSecond;
        return FeatureResampling.ToRate(
            new FeatureSequence(values, starts.Count, Info.Dimension),
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

    private byte[] Clips(VideoFrames frames, List<int> starts)
    {
        int bytes = frames.Format.BytesPerFrame;
        byte[] clips = new byte[starts.Count * clipFrames * bytes];
        for (int i = 0; i < starts.Count * clipFrames; i++)
        {
            int frame = starts[i / clipFrames] + (i % clipFrames);
            frames.Frame(Math.Clamp(frame, 0, frames.Count - 1)).CopyTo(clips.AsSpan(i * bytes));
        }

        return clips;
    }
}
