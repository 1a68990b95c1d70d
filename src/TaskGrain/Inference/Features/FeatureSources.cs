using TaskGrain.Models;
using TaskGrain.Models.Networks;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>The one door to every source of features: a name, or a file of any known kind.</summary>
public static class FeatureSources
{
    /// <summary>Names that stand for a source without a file of the user's.</summary>
    public static IReadOnlyList<string> Names { get; } = [ImageNetResNet18.Name];

    /// <summary>Opens a source.</summary>
    /// <param name="model">
    /// A name of <see cref="Names"/>, a model file, a network's file (<see cref="NetworkFile"/>) or an ONNX network.
    /// </param>
    /// <param name="device">Where it computes (ONNX networks on the processor).</param>
    /// <param name="precision">Number format of the heavy layers (ONNX networks in their own).</param>
    /// <param name="options">Rate and windows; null for the defaults.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TaskGrainException">There is no such name and no such file, or it cannot be used.</exception>
    public static IFeatureSource Open(string model, Device device, Precision precision, FeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model == ImageNetResNet18.Name)
        {
            return ImageNetResNet18.Open(device, precision, options);
        }

        if (!File.Exists(model))
        {
            throw new TaskGrainException(
                $"'{model}' is no file and no source's name; the names are {string.Join(", ", Names)}."
            );
        }

        if (OnnxSource.IsOnnx(model))
        {
            return OnnxSource.Open(model, options);
        }

        return NetworkFile.IsNetwork(Safetensors.ReadMetadata(model))
            ? NetworkSource.Load(model, device, precision, options)
            : EncoderFeatureSource.Load(model, device, precision, options);
    }

    /// <summary>Whether a source is an encoder of our own, whose sizes an untrained one can have.</summary>
    internal static bool IsEncoder(string model) =>
        !Names.Contains(model, StringComparer.Ordinal)
        && !OnnxSource.IsOnnx(model)
        && !NetworkFile.IsNetwork(Safetensors.ReadMetadata(model));

    /// <summary>Whether something can be opened, without opening it: for checks before long work.</summary>
    /// <param name="model">A name or a file.</param>
    /// <returns>Whether the name is known or the file is there.</returns>
    public static bool Exists(string model) => Names.Contains(model, StringComparer.Ordinal) || File.Exists(model);
}
