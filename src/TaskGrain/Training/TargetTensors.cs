using TaskGrain.Data;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>The targets of a batch as the losses take them.</summary>
/// <param name="Classes">(N), int64.</param>
/// <param name="Captions">(N, L), int64; null at the action grains.</param>
internal readonly record struct TargetTensors(Tensor Classes, Tensor? Captions)
{
    /// <summary>Makes the tensors; they belong to the caller's dispose scope.</summary>
    public static TargetTensors Of(IReadOnlyList<ClipTarget> targets, Device device)
    {
        Tensor classes = tensor(targets.Select(target => (long)target.Class).ToArray(), device: device);
        if (targets[0].Caption is not { Length: var length })
        {
            return new TargetTensors(classes, null);
        }

        long[] ids = [.. targets.SelectMany(target => target.Caption!).Select(id => (long)id)];
        Tensor captions = tensor(ids, [targets.Count, length], device: device);
        return new TargetTensors(classes, captions);
    }
}
