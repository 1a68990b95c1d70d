using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>Small encoders and clips for the tests of this folder.</summary>
internal static class TestEncoders
{
    /// <summary>Sizes of an encoder that runs in milliseconds: 80 pixels leave a last map of 4×4.</summary>
    public static EncoderOptions Options(string architecture = "M(16-16)") =>
        new()
        {
            Architecture = EncoderArchitecture.Parse(architecture),
            LstmHidden = 8,
            FeatureSize = 12,
            CropSize = 80,
            FinalPool = 4,
            Dropout = 0,
        };

    /// <summary>A float32 encoder whose batch norms have statistics and factors of their own.</summary>
    public static TwoChannelEncoder Trained(string architecture = "M(16-16)", Precision precision = Precision.Float32)
    {
        var encoder = new TwoChannelEncoder(Options(architecture), new SeededRandom(3)) { Compute = precision };
        var random = new SeededRandom(4);
        using IDisposable noGradient = no_grad();
        foreach ((string key, Tensor value) in encoder.state_dict())
        {
            if (key.Contains(".norm.", StringComparison.Ordinal))
            {
                bool positive = key.EndsWith("running_var", StringComparison.Ordinal);
                float[] values =
                [
                    .. Enumerable
                        .Range(0, (int)value.numel())
                        .Select(_ => (float)random.NextDouble(positive ? 0.5 : -1, 1.5)),
                ];
                value.copy_(tensor(values));
            }
        }

        return encoder;
    }

    /// <summary>Clips of noise, (N, 3, T, H, W), the same for the same seed.</summary>
    public static Tensor Clips(int clips, int frames, int side = 80, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        byte[] pixels =
        [
            .. Enumerable.Range(0, clips * frames * side * side * 3).Select(_ => (byte)random.NextInt(256)),
        ];
        return PixelTensor.FromBytes(pixels, clips, frames, side, side, 1.0 / 64);
    }

    /// <summary>Length of the difference of two vectors, relative to the length of the expected one.</summary>
    public static double Distance(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        Tensor wanted = expected.to_type(ScalarType.Float64);
        return ((wanted - actual.to_type(ScalarType.Float64)).norm() / wanted.norm()).item<double>();
    }

    /// <summary>Largest difference, relative to the root mean square of the expected values.</summary>
    public static double Difference(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        Tensor wanted = expected.to_type(ScalarType.Float64);
        double rms = wanted.square().mean().sqrt().item<double>();
        double largest = (wanted - actual.to_type(ScalarType.Float64)).abs().max().item<double>();
        return rms == 0 ? largest : largest / rms;
    }
}
