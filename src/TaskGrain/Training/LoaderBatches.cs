using TaskGrain.Data;
using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>Batches that a <see cref="ClipLoader"/> cuts out on the processor, of a store or of drawn clips.</summary>
/// <param name="model">Says in which form and where the batches are wanted.</param>
/// <param name="loader">Loads them; disposed with this object.</param>
internal sealed class LoaderBatches(VideoModel model, ClipLoader loader) : IBatchSource
{
    /// <inheritdoc/>
    public TimeSpan WaitTime => loader.WaitTime;

    /// <inheritdoc/>
    public IEnumerable<TrainingBatch> Load(
        IReadOnlyList<ClipExample> examples,
        bool training,
        ulong seed,
        CancellationToken cancel,
        int firstBatch
    )
    {
        foreach (ClipBatch batch in loader.LoadAsAsked(examples, training, seed, cancel, firstBatch))
        {
            using (batch)
            {
                yield return ToDevice(batch);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => loader.Dispose();

    private TrainingBatch ToDevice(ClipBatch batch)
    {
        using var scope = NewDisposeScope();
        return TrainingBatch.Own(
            ColourChange.Apply(model.Clips(batch.Pixels, batch.Count), batch.Plans, model),
            TargetTensors.Of(batch.Targets, model.Device)
        );
    }
}
