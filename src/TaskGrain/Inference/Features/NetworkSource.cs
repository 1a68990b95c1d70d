using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Makes sources of the networks of <see cref="NetworkArchitecture"/>: frame by frame for those of images, clip by clip
/// for the one of clips (Section 6.1).
/// </summary>
internal static class NetworkSource
{
    /// <summary>Frames that an image network gets at once.</summary>
    public const int FrameBatch = 16;

    /// <summary>Clips that a clip network gets at once.</summary>
    private const int ClipBatch = 2;

    /// <summary>Frames a second of a clip network: the paper's.</summary>
    private const double ClipRate = 12;

    /// <summary>A source of a network's file, as <c>taskgrain weights import</c> writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="precision">Number format of the heavy layers.</param>
    /// <param name="options">Rate; null for the paper's.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TaskGrainException">
    /// The file cannot be read, or its weights are not those of its network.
    /// </exception>
    public static IFeatureSource Load(string path, Device device, Precision precision, FeatureOptions? options = null)
    {
        using WeightSet set = WeightFile.Read(path);
        NetworkDescription description = NetworkFile.Description(path, set.Metadata);
        using var scope = NewDisposeScope();
        return Of(
            NetworkArchitecture.Parse(description.Network),
            NetworkFile.Match(set, NetworkArchitecture.Parse(description.Network)),
            new PixelNormaliser(description.Input),
            $"{description.Network} of {description.Origin}",
            device,
            precision,
            options ?? new FeatureOptions()
        );
    }

    /// <summary>A source of a network.</summary>
    /// <param name="architecture">Its layers.</param>
    /// <param name="weights">Its weights; stay the caller's.</param>
    /// <param name="normaliser">Brings pixels into its form; the source's from here on.</param>
    /// <param name="what">What it is, for people.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="precision">Number format of the heavy layers.</param>
    /// <param name="options">Rate.</param>
    internal static IFeatureSource Of(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights,
        PixelNormaliser normaliser,
        string what,
        Device device,
        Precision precision,
        FeatureOptions options
    )
    {
        options.Validate();
        PretrainedNetwork network = PretrainedNetwork.Create(architecture, weights, device, precision);
        bool clips = architecture.Frames > 1;
        int side = architecture.Side;
        string computes = $"{network.Type} on {network.Device.type}".ToLowerInvariant();
        var info = new FeatureSourceInfo
        {
            Kind = clips ? FeatureSourceKind.ClipBackbone : FeatureSourceKind.FrameBackbone,
            Description = $"{what}, {(clips ? $"clips of {architecture.Frames} frames" : "one frame")}, {computes}",
            Identity = SourceIdentity.Of(
                weights,
                FormattableString.Invariant(
                    $"{architecture.Name} {normaliser.Settings()} {computes} {options.VectorsPerSecond}"
                )
            ),
            Checksum = SourceIdentity.Of(
                weights,
                FormattableString.Invariant($"{architecture.Name} {normaliser.Settings()} {options.VectorsPerSecond}")
            ),
            Dimension = architecture.FeatureSize,
            VectorsPerSecond = options.VectorsPerSecond,
            // An image network looks at as many frames as there are vectors.
            Frames = new FrameFormat(side, side, FrameRate.Of(clips ? ClipRate : options.VectorsPerSecond)),
        };
        float[] Compute(ReadOnlyMemory<byte> pixels, int count)
        {
            using var scope = NewDisposeScope();
            Tensor input = normaliser.Apply(pixels, (count, architecture.Frames, side, side), clips);
            return [.. network.Features(input).cpu().contiguous().data<float>()];
        }

        var owned = new NetworkWithInput(network, normaliser);
        return clips
            ? new ClipBackboneSource(info, Compute, architecture.Frames, architecture.Frames, ClipBatch, owned)
            : new FrameBackboneSource(info, Compute, FrameBatch, owned);
    }
}

/// <summary>A network and what brings pixels into its form; both freed together.</summary>
internal sealed record NetworkWithInput(PretrainedNetwork Network, PixelNormaliser Normaliser) : IDisposable
{
    public void Dispose()
    {
        Network.Dispose();
        Normaliser.Dispose();
    }
}
