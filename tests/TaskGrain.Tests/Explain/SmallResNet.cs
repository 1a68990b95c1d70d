using TaskGrain.Explain.Networks;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Networks;
using TaskGrain.Runtime;
using TaskGrain.Tests.Models.Weights;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Explain;

/// <summary>
/// A residual network of a block a stage on frames of 64×64, with random weights, as a source of features.
/// </summary>
internal static class SmallResNet
{
    public const int Side = 64;

    private static NetworkArchitecture Architecture =>
        NetworkArchitecture.Parse("resnet18") with
        {
            Blocks = [1, 1, 1, 1],
            Side = Side,
        };

    public static IFeatureSource Source()
    {
        using var scope = NewDisposeScope();
        return NetworkSource.Of(
            Architecture,
            SomeWeights.Of(Architecture),
            new PixelNormaliser(NetworkInput.ImageNet),
            "a small network",
            CPU,
            Precision.Float32,
            new FeatureOptions { VectorsPerSecond = 4 }
        );
    }

    public static VideoFrames Video(int frames)
    {
        var random = new SeededRandom(3);
        byte[] pixels = new byte[frames * Side * Side * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.NextInt(256);
        }

        return new VideoFrames(new FrameFormat(Side, Side, 4), pixels);
    }

    /// <summary>The network behind a source.</summary>
    public sealed class Opened(IFeatureSource source) : IDisposable
    {
        public ILayeredNetwork Layers { get; } =
            new ResidualLayers((NetworkWithInput)((FrameBackboneSource)source).Owned!);

        public void Dispose() => source.Dispose();
    }
}
