using System.Text.Json;
using TaskGrain.Models.Networks;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Inference.Features;

/// <summary>
/// What an ONNX file does not say of its network: how pixels become its input, and where its features are. It stands
/// as JSON in the file's metadata under <see cref="MetadataKey"/>, or in a file of the same name with the ending
/// <c>.json</c> beside it, which wins.
/// </summary>
internal sealed record OnnxDescription
{
    /// <summary>Key in the file's metadata.</summary>
    public const string MetadataKey = "taskgrain";

    private const string Example =
        """{"pixels": {"scale": 0.00392157, "mean": [0.485, 0.456, 0.406], "deviation": [0.229, 0.224, 0.225]}}""";

    /// <summary>How pixels are brought into the network's form.</summary>
    public required NetworkInput Pixels { get; init; }

    /// <summary>The input's name; null for the only one.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// The tensor with the features, an output or any tensor inside of the network; null for the only output.
    /// </summary>
    public string? Output { get; init; }

    /// <summary>
    /// Order of the input's dimensions as letters: n (batch), c (colours), t (frames), h, w; null to see it from where
    /// the 3 is: <c>nchw</c>, <c>nhwc</c>, <c>ncthw</c> or <c>nthwc</c>.
    /// </summary>
    public string? Layout { get; init; }

    /// <summary>Frame height in pixels, where the network leaves it open.</summary>
    public int? Height { get; init; }

    /// <summary>Frame width in pixels, where the network leaves it open.</summary>
    public int? Width { get; init; }

    /// <summary>Frames of a clip, where the network leaves them open.</summary>
    public int? Frames { get; init; }

    /// <summary>Frames a second of a clip network; the paper's 12.</summary>
    public double FramesPerSecond { get; init; } = 12;

    /// <summary>Finds the description of an ONNX file.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <returns>The description.</returns>
    /// <exception cref="TaskGrainException">There is none, or it cannot be read.</exception>
    public static OnnxDescription Find(string path, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        string beside = Path.ChangeExtension(path, ".json");
        if (File.Exists(beside))
        {
            return Parse(File.ReadAllText(beside), beside);
        }

        return metadata.TryGetValue(MetadataKey, out string? text)
            ? Parse(text, $"{path}, metadata '{MetadataKey}'")
            : throw new TaskGrainException(
                $"{path} does not say how pixels become its input; write {beside} beside it, such as {Example}"
            );
    }

    private static OnnxDescription Parse(string json, string where)
    {
        try
        {
            OnnxDescription description =
                JsonSerializer.Deserialize<OnnxDescription>(json, TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
            List<string> faults = [.. description.Pixels.Faults()];
            if (new[] { description.Height, description.Width, description.Frames }.Any(size => size is < 1 or > 4096))
            {
                faults.Add("height, width and frames must be from 1 to 4096");
            }

            return faults.Count == 0
                ? description
                : throw new TaskGrainException($"{where}: {string.Join("; ", faults)}.");
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{where} cannot be read: {fault.Message} Such as: {Example}", fault);
        }
    }
}
