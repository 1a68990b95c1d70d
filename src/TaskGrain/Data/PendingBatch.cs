namespace TaskGrain.Data;

/// <summary>A batch that workers are filling.</summary>
/// <param name="buffer">Room for the whole batch.</param>
/// <param name="examples">The clips it is made of.</param>
internal sealed class PendingBatch(byte[] buffer, ClipExample[] examples)
{
    public byte[] Buffer { get; } = buffer;

    public ClipExample[] Examples { get; } = examples;

    public bool[] Flipped { get; } = new bool[examples.Length];

    /// <summary>Clips not yet filled in; guarded by the assembly's lock.</summary>
    public int Missing { get; set; } = examples.Length;
}
