using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Baselines;

/// <summary>
/// The clips of a split with the features of their frames, which stay in the feature store until a batch asks for them.
/// </summary>
/// <param name="store">The features.</param>
/// <param name="clips">The clips; those of a batch with captions have tokens.</param>
/// <param name="scale">Standardises the features.</param>
/// <param name="frames">Frames of a clip.</param>
/// <param name="device">Where batches go.</param>
internal sealed class FeatureClips(
    FeatureStore store,
    IReadOnlyList<BaselineClip> clips,
    FeatureScale scale,
    int frames,
    Device device
)
{
    private readonly ClipSampler _sampler = new(new ClipSamplerOptions { Frames = frames, CropSize = 1 });

    /// <summary>The clips.</summary>
    public IReadOnlyList<BaselineClip> Clips { get; } = clips;

    /// <summary>Length D of a frame's features.</summary>
    public int Dimension => store.Source.Dimension;

    /// <summary>Reads some clips.</summary>
    /// <param name="rows">Which of them.</param>
    /// <param name="random">Draws where each begins; null for the middle.</param>
    /// <param name="captions">Whether captions are wanted.</param>
    /// <returns>The batch; its tensors belong to the caller's dispose scope.</returns>
    public FeatureBatch Batch(ReadOnlySpan<int> rows, SeededRandom? random, bool captions)
    {
        float[] values = new float[rows.Length * frames * Dimension];
        long[] classes = new long[rows.Length];
        var tokens = new List<long>();
        for (int row = 0; row < rows.Length; row++)
        {
            BaselineClip clip = Clips[rows[row]];
            classes[row] = clip.Class;
            if (captions)
            {
                tokens.AddRange(clip.Tokens!.Select(token => (long)token));
            }

            FeatureSequence sequence = store.Read(clip.Entry);
            int[] steps = random is null
                ? _sampler.Centre(sequence.Steps, 1, 1).Frames
                : _sampler.Training(sequence.Steps, 1, 1, random).Frames;
            for (int i = 0; i < frames; i++)
            {
                sequence[steps[i]].CopyTo(values.AsSpan(((row * frames) + i) * Dimension, Dimension));
            }
        }

        using var scope = NewDisposeScope();
        Tensor features = scale.Apply(tensor(values, [rows.Length, frames, Dimension], device: device));
        return new FeatureBatch(
            features.MoveToOuterDisposeScope(),
            tensor(classes, device: device).MoveToOuterDisposeScope(),
            captions
                ? tensor(tokens.ToArray(), [rows.Length, tokens.Count / rows.Length], device: device)
                    .MoveToOuterDisposeScope()
                : null
        );
    }
}
