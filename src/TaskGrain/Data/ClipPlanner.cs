using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Decides which frames and which crop of a clip a pass sees. The decision depends on the seed and on the clip's place
/// in the order alone, whoever cuts the clips out and on how many threads.
/// </summary>
/// <param name="source">Says how long the videos are.</param>
/// <param name="options">Length and crop of the clips.</param>
/// <param name="training">Random clips; otherwise the middle ones.</param>
/// <param name="seed">Fixes the random clips of this pass.</param>
internal sealed class ClipPlanner(IClipFrames source, ClipSamplerOptions options, bool training, ulong seed)
{
    private readonly ClipSampler _sampler = new(options);
    private readonly SeededRandom _random = new(seed);

    /// <summary>The plan of a clip.</summary>
    /// <param name="example">The clip; one whose mirror image has no target is never mirrored.</param>
    /// <param name="position">Its place in the order, from 0; one that the clip brings along goes before.</param>
    public ClipPlan Plan(ClipExample example, int position)
    {
        int frames = source.FrameCount(example.StoreIndex);
        FrameFormat format = source.Format;
        SeededRandom random = _random.Derive((ulong)(example.Place ?? position));
        return training
            ? _sampler.Training(frames, format.Width, format.Height, random, example.MayFlip)
            : _sampler.Centre(frames, format.Width, format.Height);
    }
}
