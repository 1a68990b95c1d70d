using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>The part of a convolution's kernel that meets frames.</summary>
internal static class TemporalKernel
{
    /// <summary>
    /// Of a single frame with padding before and after it, only the middle of a kernel of three frames meets anything
    /// but zeros: a third of the work gives the same sums. It is also needed: on processors with AMX, libtorch 2.10
    /// computes the padded case in bfloat16 from memory nobody wrote, in both directions.
    /// </summary>
    /// <param name="input">(N, inputs, T, H, W).</param>
    /// <param name="weight">(outputs, inputs, frames, 3, 3).</param>
    /// <param name="padding">Of time, height and width.</param>
    /// <returns>The kernel and the padding to convolve with; the same two where there is more than a frame.</returns>
    public static (Tensor Weight, long[] Padding) For(Tensor input, Tensor weight, long[] padding) =>
        input.shape[2] == 1 && padding[0] == 1
            ? (weight.narrow(2, 1, 1), [0, padding[1], padding[2]])
            : (weight, padding);
}
