using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Video frames as tensors. A frame's bytes lie as (T, H, W, 3), which is how a channels-last tensor of shape
/// (3, T, H, W) lies in memory: the shape and the strides are set and nothing is moved.
/// </summary>
internal static class PixelTensor
{
    /// <summary>Channels of a frame: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>A clip batch as float numbers.</summary>
    /// <param name="pixels">(N, T, H, W, 3) RGB bytes, of which the first N·T·H·W·3 are read.</param>
    /// <param name="clips">Number of clips N.</param>
    /// <param name="frames">Frames a clip T.</param>
    /// <param name="height">Height H in pixels.</param>
    /// <param name="width">Width W in pixels.</param>
    /// <param name="scale">Factor of every pixel value; the authors' code has 1/64.</param>
    /// <param name="type">
    /// float32, or bfloat16, in which bytes times a power of two are exact.
    /// </param>
    /// <param name="device">
    /// Where the numbers are wanted; null for the CPU. To a GPU the bytes travel, from memory that the driver reads by
    /// itself while the host goes on, and become numbers there.
    /// </param>
    /// <returns>(N, 3, T, H, W), channels-last in memory.</returns>
    /// <exception cref="ArgumentException">Fewer bytes than the shape asks for.</exception>
    public static Tensor FromBytes(
        ReadOnlyMemory<byte> pixels,
        int clips,
        int frames,
        int height,
        int width,
        double scale,
        ScalarType type = ScalarType.Float32,
        Device? device = null
    )
    {
        long count = (long)clips * frames * height * width * Channels;
        if (pixels.Length < count)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes are too few for {clips} clips of {frames} frames of {height}×{width} RGB "
                    + $"pixels ({count}).",
                nameof(pixels)
            );
        }

        NativeLibraries.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Tensor bytes = empty([clips, frames, height, width, Channels], ScalarType.Byte);
        bool travels = device is { type: DeviceType.CUDA };
        if (travels)
        {
            bytes = bytes.pin_memory();
        }

        pixels.Span[..(int)count].CopyTo(bytes.bytes);
        Tensor near = travels ? bytes.to(device!, non_blocking: true) : bytes;
        return FromBytes(near, scale, type).MoveToOuterDisposeScope();
    }

    /// <summary>A clip batch whose bytes are where its numbers are wanted.</summary>
    /// <param name="bytes">(N, T, H, W, 3), uint8, on any device.</param>
    /// <param name="scale">Factor of every pixel value.</param>
    /// <param name="type">float32 or bfloat16.</param>
    /// <returns>(N, 3, T, H, W), channels-last in memory, on the bytes' device.</returns>
    public static Tensor FromBytes(Tensor bytes, double scale, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using Tensor numbers = bytes.to_type(type);
        numbers.MultiplyInPlace(scale);
        return numbers.permute(0, 4, 1, 2, 3);
    }
}
