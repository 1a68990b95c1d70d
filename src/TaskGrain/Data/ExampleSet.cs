using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Data;

/// <summary>The usable clips of a split.</summary>
internal sealed class ExampleSet
{
    private readonly Dictionary<int, TrainingExample> _byStoreIndex;

    public ExampleSet(IReadOnlyList<TrainingExample> examples)
    {
        Examples = examples;
        StoreIndices = [.. examples.Select(example => example.StoreIndex)];
        _byStoreIndex = examples.ToDictionary(example => example.StoreIndex);
    }

    public IReadOnlyList<TrainingExample> Examples { get; }

    public IReadOnlyList<int> StoreIndices { get; }

    public int Count => Examples.Count;

    /// <summary>
    /// The targets of a batch, mirrored where its clips are. A clip whose mirror image has no label is mirrored back.
    /// </summary>
    /// <returns>Classes (N), int64, and captions (N, L), int64, or null at the action grains.</returns>
    public (Tensor Classes, Tensor? Captions) Targets(ClipBatch batch, int cropSize, Device device)
    {
        var targets = new ExampleTarget[batch.Count];
        int clipBytes = batch.Pixels.Length / batch.Count;
        for (int i = 0; i < targets.Length; i++)
        {
            TrainingExample example = _byStoreIndex[batch.StoreIndices[i]];
            targets[i] = batch.Flipped[i] && example.Mirrored is { } mirrored ? mirrored : example.Target;
            if (batch.Flipped[i] && example.Mirrored is null)
            {
                FrameMirror.LeftToRight(batch.Pixels.Span.Slice(i * clipBytes, clipBytes), cropSize);
            }
        }

        Tensor classes = tensor(targets.Select(target => (long)target.Class).ToArray(), device: device);
        if (targets[0].Caption is not { Length: var length })
        {
            return (classes, null);
        }

        long[] ids = [.. targets.SelectMany(target => target.Caption!).Select(id => (long)id)];
        return (classes, tensor(ids, [targets.Length, length], device: device));
    }
}
