using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Convolutions of small maps with time as the innermost dimension. oneDNN's kernels work along a row of the output; on
/// the last layers a row is a few positions long and a clip has many more frames, so that most of a vector, or of an
/// AMX tile, stays empty: the gradient of the weights, a sum along the row, ran at a fifth of its speed. Convolutions
/// do not care which dimension is called width. The sums are the same, in another order.
/// </summary>
internal static class LongRows
{
    private const int FewestFrames = 8;

    /// <summary>Whether a convolution is faster so.</summary>
    /// <param name="input">(N, inputs, T, H, W).</param>
    /// <param name="spatialPadding">
    /// Of height and width. Padded layers are followed by a pooling, which wants images as they are.
    /// </param>
    public static bool AreFaster(Tensor input, long spatialPadding)
    {
        long[] s = input.shape;
        long width = s[4] - 2;
        return spatialPadding == 0
            && s[2] >= Math.Max(FewestFrames, 2 * width)
            && input.device_type == DeviceType.CPU
            && KernelChoice.AllowsLongRows;
    }

    /// <summary>Convolves; time is padded so that T stays, height and width are not.</summary>
    /// <param name="input">(N, inputs, T, H, W), float32 or bfloat16; copied unless it lies as the result does.</param>
    /// <param name="weight">(outputs, inputs, 1 or 3, 3, 3), in the input's format.</param>
    /// <param name="bias">(outputs), in the input's format.</param>
    /// <returns>(N, outputs, T, H', W'), in memory with the channels innermost and the frames next.</returns>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor bias)
    {
        using var scope = NewDisposeScope();

        // Without a kernel in time all clips are one row; in float32 libtorch has slow ways for a batch of one.
        return (
            weight.shape[2] == 1 && input.dtype == ScalarType.BFloat16
                ? OneRow(input, weight, bias)
                : RowsOfClips(input, weight, bias)
        ).MoveToOuterDisposeScope();
    }

    private static Tensor RowsOfClips(Tensor input, Tensor weight, Tensor bias)
    {
        Tensor rows = ChannelsLast.Make(input.permute(0, 1, 3, 4, 2)); // (N, C, H, W, T)
        Tensor kernel = ChannelsLast.Make(weight.permute(0, 1, 3, 4, 2));
        Tensor output = nn.functional.conv3d(rows, kernel, bias, padding: [0, 0, weight.shape[2] / 2]);
        return ChannelsLast.Make(output).permute(0, 1, 4, 2, 3);
    }

    private static Tensor OneRow(Tensor input, Tensor weight, Tensor bias)
    {
        long[] s = input.shape;

        // libtorch reads the layout off the strides, those of dimensions of one too, which unsqueeze makes right.
        Tensor frames = input.permute(3, 4, 0, 2, 1).contiguous(); // (H, W, N, T, C)
        Tensor row = frames.view(s[3], s[4], s[0] * s[2], s[1]).unsqueeze(0).permute(0, 4, 1, 2, 3);
        Tensor kernel = weight.squeeze(2).permute(0, 2, 3, 1).contiguous().unsqueeze(3).permute(0, 4, 1, 2, 3);
        Tensor output = nn.functional.conv3d(row, kernel, bias).permute(0, 2, 3, 4, 1).contiguous();
        long[] t = output.shape;
        return output.view(t[1], t[2], s[0], s[2], t[4]).permute(2, 4, 3, 0, 1);
    }
}
