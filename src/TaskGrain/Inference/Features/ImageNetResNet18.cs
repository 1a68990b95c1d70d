using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>
/// A residual network trained on ImageNet, from the NuGet package <c>Microsoft.ML.DnnImageFeaturizer.ResNet18</c> (MIT
/// licence): its weights, read from the package's ONNX file, run in batches in our own network.
/// </summary>
/// <remarks>
/// The package calls it ResNet-18 and it has 20 layers: a third block in its last stage. It reads blue, green, red in 0
/// to 255, less a mean image of its training set, which is in a
/// second file; it ends with the 512 penultimate features and has no classifier.
/// </remarks>
internal static class ImageNetResNet18
{
    /// <summary>Its name wherever a source or a model is named.</summary>
    public const string Name = "imagenet-resnet18";

    private const string Package = "microsoft.ml.dnnimagefeaturizer.resnet18";
    private const string Version = "0.23.1";
    private const string NetworkName = "ResNet18.onnx";
    private const string PreprocessingName = "ResNetPreprocess.onnx";
    private const string MeanName = "MeanImage";

    private static readonly NetworkArchitecture Architecture = NetworkArchitecture.Parse("resnet18") with
    {
        Name = Name,
        Blocks = [2, 2, 2, 3],
    };

    /// <summary>Where the package's two files are.</summary>
    /// <returns>
    /// The network's and the preprocessing's file: beside the program (<c>models/imagenet-resnet18</c>), or in the
    /// user's folder of NuGet packages; null where they are in neither.
    /// </returns>
    public static (string Network, string Preprocessing)? Find()
    {
        string beside = Path.Combine(AppContext.BaseDirectory, "models", Name);
        string models = Path.Combine(Packages(), Package, Version, "tools", "DnnImageModels");
        (string, string)[] places =
        [
            (Path.Combine(beside, NetworkName), Path.Combine(beside, PreprocessingName)),
            (
                Path.Combine(models, "ResNet18Onnx", NetworkName),
                Path.Combine(models, "ResNetPrepOnnx", PreprocessingName)
            ),
        ];
        return Array.FindIndex(places, place => File.Exists(place.Item1) && File.Exists(place.Item2)) is >= 0 and int i
            ? places[i]
            : null;
    }

    /// <summary>A source of its features.</summary>
    /// <param name="device">Where it computes.</param>
    /// <param name="precision">Number format of the convolutions.</param>
    /// <param name="options">Rate; null for the paper's.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TaskGrainException">The package's files are not there or damaged.</exception>
    public static IFeatureSource Open(Device device, Precision precision, FeatureOptions? options = null)
    {
        (string network, string preprocessing) =
            Find()
            ?? throw new TaskGrainException(
                $"{Name}: its weights are not on this machine. They are in the NuGet package "
                    + $"Microsoft.ML.DnnImageFeaturizer.ResNet18 {Version}: building TaskGrain puts them into "
                    + $"{Path.Combine(AppContext.BaseDirectory, "models", Name)}; elsewhere put {NetworkName} and "
                    + $"{PreprocessingName} of that package there."
            );
        using var scope = NewDisposeScope();
        using WeightSet weights = WeightFile.Read(network);
        using WeightSet constants = WeightFile.Read(preprocessing);
        long[] expected = [1, 3, Architecture.Side, Architecture.Side];
        if (
            !constants.Tensors.TryGetValue(MeanName, out Tensor? mean)
            || mean.dtype != ScalarType.Float32
            || !mean.shape.AsSpan().SequenceEqual(expected)
        )
        {
            throw new TaskGrainException($"{preprocessing} does not hold the image '{MeanName}' that is expected.");
        }

        return NetworkSource.Of(
            Architecture,
            NetworkFile.Match(weights, Architecture),
            PixelNormaliser.OfMeanImage(ChannelOrder.Bgr, mean),
            "ResNet-18 (2+2+2+3 blocks) trained on ImageNet",
            device,
            precision,
            options ?? new FeatureOptions()
        );
    }

    private static string Packages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
