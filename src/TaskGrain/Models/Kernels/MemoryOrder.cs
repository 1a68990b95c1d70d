using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// The order in which a map's dimensions lie in memory, as a permutation of (N, C, T, H, W), where the channels are
/// innermost and nothing lies between.
/// </summary>
internal static class MemoryOrder
{
    /// <summary>Frame by frame: what channels-last means.</summary>
    public static long[] Frames => [0, 2, 3, 4, 1];

    /// <summary>A map's order.</summary>
    /// <param name="map">(N, C, T, H, W).</param>
    /// <returns><see cref="Frames"/> or one of those of <see cref="LongRows"/>; null for any other.</returns>
    public static long[]? Of(Tensor map)
    {
        foreach (long[] order in (long[][])[Frames, [0, 3, 4, 2, 1], [3, 4, 0, 2, 1]])
        {
            using Tensor rows = map.permute(order);
            if (rows.is_contiguous())
            {
                return order;
            }
        }

        return null;
    }

    /// <summary>The permutation that undoes another.</summary>
    public static long[] Inverse(long[] order) =>
        [.. Enumerable.Range(0, order.Length).Select(d => (long)Array.IndexOf(order, d))];
}
