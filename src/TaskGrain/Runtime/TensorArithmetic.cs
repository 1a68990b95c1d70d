using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Runtime;

/// <summary>
/// Arithmetic of tensors whose numbers live until libtorch has read them. TorchSharp makes a native number of every
/// factor, also of the 1 in <c>a + b</c>, and hands over its address alone: a collection that comes while the thread
/// waits for a core frees the number under the call. On a machine that is overloaded a run of tens of thousands of
/// steps ended so ("Expected false to be true" from Scalar.h); here the number is disposed after the call, not before.
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>a + factor · b.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with it.</param>
    /// <param name="factor">The factor.</param>
    public static Tensor Plus(this Tensor a, Tensor b, double factor = 1)
    {
        using Scalar alpha = Whole(factor);
        return a.add(b, alpha);
    }

    /// <summary>a ← a + factor · b.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts to it.</param>
    /// <param name="factor">The factor.</param>
    /// <returns><paramref name="a"/>.</returns>
    public static Tensor AddInPlace(this Tensor a, Tensor b, double factor = 1)
    {
        using Scalar alpha = Whole(factor);
        return a.add_(b, alpha);
    }

    /// <summary>a ← a + number.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="number">The number.</param>
    /// <returns><paramref name="a"/>.</returns>
    public static Tensor AddInPlace(this Tensor a, double number)
    {
        using Scalar other = number;
        using Scalar alpha = 1;
        return a.add_(other, alpha);
    }

    /// <summary>a − b.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with it.</param>
    public static Tensor Minus(this Tensor a, Tensor b) => a.Plus(b, -1);

    /// <summary>factor · a.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="factor">The factor.</param>
    public static Tensor Times(this Tensor a, double factor)
    {
        using Scalar number = Whole(factor);
        return a.mul(number);
    }

    /// <summary>a ← factor · a.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="factor">The factor.</param>
    /// <returns><paramref name="a"/>.</returns>
    public static Tensor MultiplyInPlace(this Tensor a, double factor)
    {
        using Scalar number = Whole(factor);
        return a.mul_(number);
    }

    /// <summary>Where a is a number.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="number">The number.</param>
    /// <returns>Booleans, of the same shape.</returns>
    public static Tensor Is(this Tensor a, long number)
    {
        using Scalar other = number;
        return a.eq(other);
    }

    /// <summary>a + number.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="number">The number.</param>
    public static Tensor Plus(this Tensor a, double number)
    {
        using Scalar other = number;
        using Scalar alpha = 1;
        return a.add(other, alpha);
    }

    /// <summary>max(a, number).</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="number">The number.</param>
    public static Tensor AtLeast(this Tensor a, double number)
    {
        using Scalar least = number;
        return a.clamp_min(least);
    }

    /// <summary>A tensor of one whole number.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="number">The number.</param>
    /// <param name="device">Where it lies.</param>
    /// <returns>int64.</returns>
    public static Tensor Filled(ReadOnlySpan<long> shape, long number, Device device)
    {
        using Scalar all = number;
        return full(shape, all, ScalarType.Int64, device);
    }

    /// <summary>A tensor of one number.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="number">The number.</param>
    /// <param name="device">Where it lies.</param>
    /// <returns>float32.</returns>
    public static Tensor Filled(ReadOnlySpan<long> shape, float number, Device device)
    {
        using Scalar all = number;
        return full(shape, all, ScalarType.Float32, device);
    }

    /// <summary>0, 1, 2 ….</summary>
    /// <param name="count">How many.</param>
    /// <param name="device">Where they lie.</param>
    /// <returns>(count), int64.</returns>
    public static Tensor Counting(long count, Device device)
    {
        using Scalar end = count;
        return arange(end, ScalarType.Int64, device);
    }

    // A whole factor leaves whole numbers whole, as it does in the plain operators.
    private static Scalar Whole(double factor) => factor == Math.Floor(factor) ? (Scalar)(long)factor : factor;
}
