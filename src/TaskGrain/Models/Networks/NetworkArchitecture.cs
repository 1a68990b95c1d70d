namespace TaskGrain.Models.Networks;

/// <summary>The families of networks trained elsewhere that can be built here.</summary>
internal enum NetworkFamily
{
    /// <summary>
    /// VGG: 3×3 convolutions with biases, max pooling, three linear layers (Simonyan and Zisserman, 2014).
    /// </summary>
    Vgg,

    /// <summary>Residual network on images (He et al., 2015).</summary>
    ResNet,

    /// <summary>
    /// Residual network on clips with 3×3×3 convolutions and type-A shortcuts (Hara et al., 2017): where a block
    /// changes size, the shortcut is every second value and zeros for the new channels, without weights.
    /// </summary>
    ResNet3D,
}

/// <summary>A network that others have trained: its layers, what it reads and what it gives.</summary>
internal sealed record NetworkArchitecture
{
    private const int Side2D = 224;
    private const int Side3D = 112;
    private const int Frames3D = 16;

    private NetworkArchitecture() { }

    /// <summary>Its name on the command line and in files, such as <c>resnet18</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its family.</summary>
    public required NetworkFamily Family { get; init; }

    /// <summary>Residual blocks of the four stages; for VGG the convolutions of the five.</summary>
    public required IReadOnlyList<int> Blocks { get; init; }

    /// <summary>Whether its blocks are bottlenecks (1×1, 3×3, 1×1) instead of two 3×3 convolutions.</summary>
    public bool Bottleneck { get; init; }

    /// <summary>D: length of the penultimate vector.</summary>
    public required int FeatureSize { get; init; }

    /// <summary>Height and width of the frames it was trained on, in pixels.</summary>
    public int Side { get; init; } = Side2D;

    /// <summary>Frames it sees at once; 1 for an image network.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Prefix of its last, classifying layer's weights.</summary>
    public string Classifier => Family == NetworkFamily.Vgg ? "classifier.6" : "fc";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkArchitecture> All { get; } =
    [
        new()
        {
            Name = "vgg16",
            Family = NetworkFamily.Vgg,
            Blocks = [2, 2, 3, 3, 3],
            FeatureSize = 4096,
        },
        ResNet("resnet18", [2, 2, 2, 2], bottleneck: false),
        ResNet("resnet34", [3, 4, 6, 3], bottleneck: false),
        ResNet("resnet50", [3, 4, 6, 3], bottleneck: true),
        ResNet("resnet101", [3, 4, 23, 3], bottleneck: true),
        ResNet("resnet152", [3, 8, 36, 3], bottleneck: true),
        ResNet("resnet34-3d", [3, 4, 6, 3], bottleneck: false) with
        {
            Family = NetworkFamily.ResNet3D,
            Side = Side3D,
            Frames = Frames3D,
        },
    ];

    /// <summary>Finds a network by name.</summary>
    /// <param name="name">Such as <c>resnet18</c>.</param>
    /// <returns>The network.</returns>
    /// <exception cref="TaskGrainException">There is none of that name; the message lists all.</exception>
    public static NetworkArchitecture Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(one => one.Name == name)
            ?? throw new TaskGrainException(
                $"'{name}' is no network; use one of {string.Join(", ", All.Select(one => one.Name))}."
            );
    }

    /// <summary>The weights it needs, in the order of its layers.</summary>
    /// <returns>Names and shapes.</returns>
    public IReadOnlyList<NetworkTensor> Tensors() =>
        Family == NetworkFamily.Vgg ? [.. VggNetwork.Layout(this)] : [.. ResidualNetwork.Layout(this)];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static NetworkArchitecture ResNet(string name, IReadOnlyList<int> blocks, bool bottleneck) =>
        new()
        {
            Name = name,
            Family = NetworkFamily.ResNet,
            Blocks = blocks,
            Bottleneck = bottleneck,
            FeatureSize = bottleneck ? 2048 : 512,
        };
}
