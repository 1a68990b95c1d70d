using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>Batches cut out of a store that lies on the device (<see cref="DeviceClips"/>).</summary>
/// <param name="model">Says in which form the batches are wanted.</param>
/// <param name="store">Says how long the videos are.</param>
/// <param name="clips">The store's frames on the model's device; disposed with this object.</param>
/// <param name="batchSize">Clips in a batch.</param>
internal sealed class DeviceBatches(VideoModel model, FrameStore store, DeviceClips clips, int batchSize) : IBatchSource
{
    /// <summary>Nothing is loaded, so nothing is waited for.</summary>
    public TimeSpan WaitTime => TimeSpan.Zero;

    /// <inheritdoc/>
    public IEnumerable<TrainingBatch> Load(
        IReadOnlyList<ClipExample> examples,
        bool training,
        ulong seed,
        CancellationToken cancel,
        int firstBatch
    )
    {
        var planner = new ClipPlanner(store, model.Description.Preprocessing.Clip, training, seed);
        for (int first = firstBatch * batchSize; first < examples.Count; first += batchSize)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, examples.Count - first);
            yield return Cut([
                .. Enumerable.Range(first, count).Select(i => (examples[i], planner.Plan(examples[i], i))),
            ]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => clips.Dispose();

    private TrainingBatch Cut((ClipExample Example, ClipPlan Plan)[] batch)
    {
        using var scope = NewDisposeScope();
        Tensor pixels = clips.Cut(
            [.. batch.Select(clip => clip.Example.StoreIndex)],
            [.. batch.Select(clip => clip.Plan)]
        );
        ClipTarget[] targets = [.. batch.Select(clip => clip.Example.Seen(clip.Plan.Flipped)).OfType<ClipTarget>()];
        return TrainingBatch.Own(
            ColourChange.Apply(model.Clips(pixels), [.. batch.Select(clip => clip.Plan)], model),
            TargetTensors.Of(targets, model.Device)
        );
    }
}
