using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>Turns frames' bytes into a network's input (<see cref="NetworkInput"/>).</summary>
internal sealed class PixelNormaliser : IDisposable
{
    private readonly bool _reversed;
    private readonly Tensor _factor;
    private readonly Tensor _shift;

    /// <param name="input">The form of the input.</param>
    public PixelNormaliser(NetworkInput input)
        : this(
            input.Order,
            tensor([.. input.Deviation.Select(deviation => (float)(input.Scale / deviation))]),
            tensor([.. input.Mean.Zip(input.Deviation, (mean, deviation) => (float)(-mean / deviation))])
        )
    { }

    private PixelNormaliser(ChannelOrder order, Tensor factor, Tensor shift)
    {
        _reversed = order == ChannelOrder.Bgr;
        _factor = factor.DetachFromDisposeScope();
        _shift = shift.DetachFromDisposeScope();
    }

    /// <summary>A whole image is subtracted from every frame.</summary>
    /// <param name="order">Order of the image's and the network's colours.</param>
    /// <param name="mean">(1, 3, H, W), float32, 0 to 255.</param>
    public static PixelNormaliser OfMeanImage(ChannelOrder order, Tensor mean)
    {
        using var scope = NewDisposeScope();
        return new PixelNormaliser(order, ones(3), mean[0].permute(1, 2, 0).neg().contiguous());
    }

    /// <summary>Normalises.</summary>
    /// <param name="pixels">(N, T, H, W, 3) RGB bytes.</param>
    /// <param name="shape">N, T, H and W; T is 1 for images.</param>
    /// <param name="clips">Whether the result keeps the time.</param>
    /// <returns>(N·T, 3, H, W), or (N, 3, T, H, W) for clips; float32, channels last in memory.</returns>
    public Tensor Apply(ReadOnlyMemory<byte> pixels, (int N, int T, int H, int W) shape, bool clips)
    {
        using var scope = NewDisposeScope();
        Tensor bytes = empty([shape.N, shape.T, shape.H, shape.W, 3], ScalarType.Byte);
        pixels.Span[..checked((int)bytes.numel())].CopyTo(bytes.bytes);
        Tensor ordered = _reversed ? bytes.flip(4) : bytes;
        Tensor values = ordered.to(ScalarType.Float32).mul_(_factor).AddInPlace(_shift);
        Tensor last = clips ? values.permute(0, 4, 1, 2, 3) : values.flatten(0, 1).permute(0, 3, 1, 2);
        return last.MoveToOuterDisposeScope();
    }

    /// <summary>The numbers that shape its results, for a source's identity.</summary>
    public string Settings()
    {
        using var scope = NewDisposeScope();
        return SourceHash(cat([_factor.flatten(), _shift.flatten()])) + (_reversed ? "bgr" : "rgb");
    }

    private static string SourceHash(Tensor numbers) =>
        Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash(numbers.contiguous().bytes));

    public void Dispose()
    {
        _factor.Dispose();
        _shift.Dispose();
    }
}
