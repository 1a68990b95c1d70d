using System.Text.Json.Serialization;

namespace TaskGrain.Models.Networks;

/// <summary>The order of a pixel's colours.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelOrder>))]
internal enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    [JsonStringEnumMemberName("rgb")]
    Rgb,

    /// <summary>Blue, green, red, as OpenCV, Caffe and CNTK have it.</summary>
    [JsonStringEnumMemberName("bgr")]
    Bgr,
}

/// <summary>
/// How pixels are brought into the form a network was trained on: (pixel × scale − mean) / deviation.
/// </summary>
internal sealed record NetworkInput
{
    private const int Channels = 3;

    /// <summary>ImageNet, as torchvision and timm train on it: 0 to 1, the set's mean and standard deviation.</summary>
    public static NetworkInput ImageNet { get; } =
        new()
        {
            Scale = 1 / 255.0,
            Mean = [0.485, 0.456, 0.406],
            Deviation = [0.229, 0.224, 0.225],
        };

    /// <summary>3D-ResNets-PyTorch: 0 to 255, less the mean of ActivityNet, not divided.</summary>
    public static NetworkInput ActivityNet { get; } = new() { Mean = [114.7748, 107.7354, 99.4750] };

    /// <summary>Order of the colours.</summary>
    public ChannelOrder Order { get; init; } = ChannelOrder.Rgb;

    /// <summary>Factor of a pixel's values of 0 to 255.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Subtracted from the scaled value of each channel, in <see cref="Order"/>.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0, 0, 0];

    /// <summary>Divides what is left.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [1, 1, 1];

    /// <summary>What a network's published weights were trained with.</summary>
    /// <param name="architecture">The network.</param>
    /// <returns>The form of its input.</returns>
    public static NetworkInput Of(NetworkArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Frames > 1 ? ActivityNet : ImageNet;
    }

    /// <summary>What is wrong with it, one sentence a fault.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!double.IsFinite(Scale) || Scale == 0)
        {
            yield return $"scale {Scale} is no number but 0";
        }

        if (Mean.Count != Channels || !Mean.All(double.IsFinite))
        {
            yield return "mean must have three numbers";
        }

        if (Deviation.Count != Channels || !Deviation.All(value => double.IsFinite(value) && value > 0))
        {
            yield return "deviation must have three numbers above 0";
        }
    }
}
