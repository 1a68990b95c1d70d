using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// The channels-last memory layout, in which all channels of a pixel lie side by side. libtorch reads the layout off
/// the strides and keeps it from layer to layer; TorchSharp has no name for it, so it is made by permuting.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same numbers with channels last in memory; the tensor itself when they lie so already.</summary>
    /// <param name="tensor">(N, C, T, H, W) in any layout.</param>
    public static Tensor Make(Tensor tensor) => tensor.permute(0, 2, 3, 4, 1).contiguous().permute(0, 4, 1, 2, 3);

    /// <summary>
    /// Frames of clips as a batch of images, without moving anything; with a single channel, where every layout is
    /// channels-last in name, libtorch may have chosen one that has to be copied.
    /// </summary>
    /// <param name="clips">(N, C, T, H, W), channels-last.</param>
    /// <returns>(N·T, C, H, W), channels-last.</returns>
    public static Tensor AsImages(Tensor clips)
    {
        long[] s = clips.shape;
        return clips.permute(0, 2, 3, 4, 1).reshape(s[0] * s[2], s[3], s[4], s[1]).permute(0, 3, 1, 2);
    }

    /// <summary>A batch of images as clips again, without moving anything.</summary>
    /// <param name="images">(N·T, C, H, W), channels-last.</param>
    /// <param name="clips">Number of clips N.</param>
    /// <returns>(N, C, T, H, W), channels-last.</returns>
    public static Tensor AsClips(Tensor images, long clips)
    {
        long[] s = images.shape;
        return images.permute(0, 2, 3, 1).reshape(clips, s[0] / clips, s[2], s[3], s[1]).permute(0, 4, 1, 2, 3);
    }
}
