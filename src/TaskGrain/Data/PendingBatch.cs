using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>A batch that workers are filling.</summary>
/// <param name="buffer">Room for the whole batch.</param>
/// <param name="examples">The clips it is made of.</param>
internal sealed class PendingBatch(byte[] buffer, ClipExample[] examples)
{
    public byte[] Buffer { get; } = buffer;

    public ClipExample[] Examples { get; } = examples;

    /// <summary>What was cut out of each clip.</summary>
    public ClipPlan[] Plans { get; } = new ClipPlan[examples.Length];

    /// <summary>Clips not yet filled in; guarded by the assembly's lock.</summary>
    public int Missing { get; set; } = examples.Length;
}
