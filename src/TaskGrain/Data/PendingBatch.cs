namespace TaskGrain.Data;

/// <summary>A batch that workers are filling.</summary>
/// <param name="buffer">Room for the whole batch.</param>
/// <param name="storeIndices">The clips it is made of.</param>
internal sealed class PendingBatch(byte[] buffer, int[] storeIndices)
{
    public byte[] Buffer { get; } = buffer;

    public int[] StoreIndices { get; } = storeIndices;

    public bool[] Flipped { get; } = new bool[storeIndices.Length];

    /// <summary>Clips not yet filled in; guarded by the assembly's lock.</summary>
    public int Missing { get; set; } = storeIndices.Length;
}
