using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>A batch that workers are filling.</summary>
/// <param name="buffer">Room for the whole batch.</param>
/// <param name="clips">How many clips it is made of.</param>
internal sealed class PendingBatch(byte[] buffer, int clips)
{
    public byte[] Buffer { get; } = buffer;

    /// <summary>The clips, as they are filled in.</summary>
    public ClipExample[] Examples { get; } = new ClipExample[clips];

    /// <summary>What was cut out of each clip.</summary>
    public ClipPlan[] Plans { get; } = new ClipPlan[clips];

    /// <summary>Clips not yet filled in; guarded by the assembly's lock.</summary>
    public int Missing { get; set; } = clips;
}
