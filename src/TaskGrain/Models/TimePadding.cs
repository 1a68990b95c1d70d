using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Frames of zeros before and after each clip, in memory instead of in a convolution's arguments. oneDNN's AVX2 kernel
/// for the gradient of the weights knows no padding in time: asked for it, oneDNN unfolds the whole input and
/// multiplies matrices. The sums are the same, in another order.
/// </summary>
internal static class TimePadding
{
    /// <summary>Whether training a convolution that is padded in time is faster so.</summary>
    /// <param name="input">(N, inputs, T, H, W).</param>
    /// <param name="avx2">Whether oneDNN has AVX2 and nothing wider.</param>
    public static bool IsFaster(Tensor input, bool avx2) =>
        avx2
        && input.dtype == ScalarType.Float32
        && input.device_type == DeviceType.CPU
        && is_grad_enabled()
        && KernelChoice.AllowsTimePadding;

    /// <summary>Convolves; time is padded by a frame on both sides, so that T stays.</summary>
    /// <param name="input">(N, inputs, T, H, W), channels-last.</param>
    /// <param name="weight">(outputs, inputs, 3, 3, 3), in the input's format.</param>
    /// <param name="bias">(outputs), in the input's format.</param>
    /// <param name="spatial">Padding of height and width.</param>
    /// <returns>(N, outputs, T, H', W'), channels-last.</returns>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor bias, long spatial)
    {
        using var scope = NewDisposeScope();
        long[] s = input.shape;
        Tensor frame = ChannelsLast.Make(zeros([s[0], s[1], 1, s[3], s[4]], input.dtype));
        Tensor frames = ChannelsLast.Make(cat([frame, input, frame], 2));
        return nn.functional.conv3d(frames, weight, bias, padding: [0, spatial, spatial]).MoveToOuterDisposeScope();
    }
}
