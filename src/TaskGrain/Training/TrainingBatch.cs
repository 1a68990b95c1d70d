using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>A batch on the model's device.</summary>
/// <param name="Clips">(N, 3, T, H, W), channels-last, in the encoder's number format.</param>
/// <param name="Targets">The N clips' targets.</param>
internal sealed record TrainingBatch(Tensor Clips, TargetTensors Targets) : IDisposable
{
    /// <summary>Takes tensors out of the dispose scope they were made in.</summary>
    /// <param name="clips">(N, 3, T, H, W).</param>
    /// <param name="targets">The N clips' targets.</param>
    /// <returns>A batch that owns them.</returns>
    public static TrainingBatch Own(Tensor clips, TargetTensors targets) =>
        new(
            clips.DetachFromDisposeScope(),
            new TargetTensors(targets.Classes.DetachFromDisposeScope(), targets.Captions?.DetachFromDisposeScope())
        );

    /// <summary>Number of clips N.</summary>
    public int Count => (int)Clips.shape[0];

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Clips.Dispose();
        Targets.Classes.Dispose();
        Targets.Captions?.Dispose();
    }
}
