using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// The data of one pass over a channels-last map: N·T frames of Height × Width positions of Channels numbers. Tables
/// hold a number for each channel in the order of the format's vectors.
/// </summary>
internal unsafe struct NormReluPoolJob
{
    /// <summary>The convolution's output.</summary>
    public byte* Map;

    /// <summary>The block's output, or its gradient: 1 / <see cref="Side"/> as high and wide.</summary>
    public byte* Pooled;

    /// <summary>Gradient of the map, to be written.</summary>
    public byte* MapGradient;

    /// <summary>Number of channels, a multiple of the format's group.</summary>
    public int Channels;

    /// <summary>Length of a table.</summary>
    public int Places;

    /// <summary>Height of a frame.</summary>
    public int Height;

    /// <summary>Width of a frame.</summary>
    public int Width;

    /// <summary>Side of the max pooling, 1 or 2.</summary>
    public int Side;

    /// <summary>Factor of the normalisation.</summary>
    public float* Scale;

    /// <summary>Addend of the normalisation.</summary>
    public float* Shift;

    /// <summary>What is taken off a value before it is summed: near the mean, so that squares lose no digits.</summary>
    public float* Pivot;

    /// <summary>Factor of the map in its own gradient.</summary>
    public float* Slope;

    /// <summary>Constant part of the map's gradient.</summary>
    public float* Offset;

    /// <summary>(threads, 2, places): sums by thread.</summary>
    public double* Totals;

    /// <summary>Rows of the pooled map in a frame.</summary>
    public readonly int PooledHeight => Height / Side;

    /// <summary>Columns of the pooled map.</summary>
    public readonly int PooledWidth => Width / Side;
}

/// <summary>One step of the passes: the values of a window and which of them the pooling takes.</summary>
internal static class PoolWindow
{
    /// <summary>
    /// Masks of the first of four values that is the largest, if it is positive: where pooling and ReLU send the
    /// gradient.
    /// </summary>
    public static (
        Vector256<float> Mask0,
        Vector256<float> Mask1,
        Vector256<float> Mask2,
        Vector256<float> Mask3
    ) Winners(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3)
    {
        Vector256<float> largest = Vector256.MaxNative(Vector256.MaxNative(v0, v1), Vector256.MaxNative(v2, v3));
        Vector256<float> free = Vector256.GreaterThan(largest, Vector256<float>.Zero);
        Vector256<float> mask0 = Vector256.Equals(v0, largest) & free;
        free = Vector256.AndNot(free, mask0);
        Vector256<float> mask1 = Vector256.Equals(v1, largest) & free;
        free = Vector256.AndNot(free, mask1);
        Vector256<float> mask2 = Vector256.Equals(v2, largest) & free;
        Vector256<float> mask3 = Vector256.AndNot(free, mask2);
        return (mask0, mask1, mask2, mask3);
    }
}
