using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// A convolution over one clip, done as one over two halves of it where libtorch would otherwise take the slow way.
/// </summary>
/// <remarks>
/// For float32 and a batch of one, libtorch 2.10 hands small maps (channels × frames × height up to 20,480) to its own
/// convolution and not to oneDNN, at several times the cost. Two halves in time, each with the frames around it that
/// the kernel meets, are a batch of two with the same sums and no more of them.
/// </remarks>
internal static class SingleClip
{
    private const long LargestSlow = 20_480;

    /// <summary>Whether libtorch would take the slow way, and halving helps.</summary>
    /// <param name="input">(N, C, T, H, W).</param>
    public static bool IsSlow(Tensor input)
    {
        long[] s = input.shape;
        return s[0] == 1
            && s[2] > 1
            && s[1] * s[2] * s[3] <= LargestSlow
            && input.dtype == ScalarType.Float32
            && input.device_type == DeviceType.CPU;
    }

    /// <summary>The convolution with time padded so that T stays.</summary>
    /// <param name="input">(1, C, T, H, W), channels-last, T of at least 2.</param>
    /// <param name="weight">(outputs, C, frames, 3, 3), frames odd.</param>
    /// <param name="bias">(outputs).</param>
    /// <param name="padding">Of height and width.</param>
    /// <returns>(1, outputs, T, H', W'), channels-last.</returns>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor bias, long padding)
    {
        using var scope = NewDisposeScope();
        Tensor frames = input.permute(0, 2, 3, 4, 1); // (1, T, H, W, C)
        long count = frames.shape[1];
        long half = (count + 1) / 2;
        long around = weight.shape[2] / 2;

        // Of an odd number of frames the second half gets one more of zeros behind, whose output is dropped.
        Tensor before = Zeros(frames, around);
        Tensor behind = Zeros(frames, around + (count % 2));
        Tensor padded = cat([before, frames, behind], 1);
        Tensor halves = cat([padded.narrow(1, 0, half + (2 * around)), padded.narrow(1, half, half + (2 * around))], 0);
        Tensor output = nn.functional.conv3d(
            halves.permute(0, 4, 1, 2, 3),
            weight,
            bias,
            padding: [0, padding, padding]
        );
        long[] s = output.shape;
        Tensor joined = output.permute(0, 2, 3, 4, 1).reshape(1, 2 * half, s[3], s[4], s[1]).narrow(1, 0, count);
        return joined.permute(0, 4, 1, 2, 3).MoveToOuterDisposeScope();
    }

    private static Tensor Zeros(Tensor frames, long count)
    {
        long[] s = frames.shape;
        return zeros([1, count, s[2], s[3], s[4]], frames.dtype, frames.device);
    }
}
