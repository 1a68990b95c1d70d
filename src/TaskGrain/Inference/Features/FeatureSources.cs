using TaskGrain.Models;
using TaskGrain.Models.Networks;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>
/// The one door to every source of features: a name, a file of any known kind, or several of these with <c>+</c>
/// between them. An encoder's name or file with <c>@clip</c> behind it sees a clip as one window
/// (<see cref="FeatureOptions.WholeClip"/>).
/// </summary>
public static class FeatureSources
{
    private const char And = '+';
    private const string Whole = "@clip";

    /// <summary>
    /// Names that stand for a source without a file of the user's: those of the shipped models first.
    /// </summary>
    public static IReadOnlyList<string> Names =>
        [.. ModelCatalog.Installed().Models().Select(model => model.Name), MotionSource.Name, ImageNetResNet18.Name];

    /// <summary>Opens a source.</summary>
    /// <param name="model">
    /// A name of <see cref="Names"/>, a model file, a network's file (<see cref="NetworkFile"/>), an ONNX network, or
    /// several of these joined by <c>+</c>.
    /// </param>
    /// <param name="device">Where it computes (ONNX networks on the processor).</param>
    /// <param name="precision">Number format of the heavy layers (ONNX networks in their own).</param>
    /// <param name="options">Rate and windows; null for the defaults.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TaskGrainException">There is no such name and no such file, or it cannot be used.</exception>
    public static IFeatureSource Open(string model, Device device, Precision precision, FeatureOptions? options = null)
    {
        IReadOnlyList<string> parts = Parts(model);
        if (parts.Count == 1)
        {
            return OpenOne(parts[0], device, precision, options);
        }

        List<IFeatureSource> opened = [];
        try
        {
            foreach (string part in parts)
            {
                opened.Add(OpenOne(part, device, precision, options));
            }

            return new CombinedSource(opened);
        }
        catch
        {
            opened.ForEach(part => part.Dispose());
            throw;
        }
    }

    /// <summary>The single sources that a text names.</summary>
    /// <param name="model">As for <see cref="Open"/>.</param>
    /// <returns>One or more names and files; a file whose name holds a plus is one.</returns>
    internal static IReadOnlyList<string> Parts(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return File.Exists(model) ? [model] : model.Split(And, StringSplitOptions.TrimEntries);
    }

    /// <summary>
    /// The first encoder of our own among a text's sources, whose sizes an untrained one can have.
    /// </summary>
    /// <returns>Its model file; null where there is none.</returns>
    internal static string? EncoderOf(string model) =>
        Parts(model)
            .Select(part => ModelCatalog.Installed().Resolve(WithoutWhole(part) ?? part))
            .FirstOrDefault(IsEncoder);

    /// <summary>Whether something can be opened, without opening it: for checks before long work.</summary>
    /// <param name="model">As for <see cref="Open"/>.</param>
    /// <returns>Whether every name is known or its file is there.</returns>
    public static bool Exists(string model) =>
        Parts(model)
            .Select(part => WithoutWhole(part) ?? part)
            .All(part => Names.Contains(part, StringComparer.Ordinal) || File.Exists(part));

    /// <summary>
    /// What stands before <c>@clip</c>; null where the text does not end so, or is itself a file's name.
    /// </summary>
    internal static string? WithoutWhole(string model) =>
        model.EndsWith(Whole, StringComparison.Ordinal) && !File.Exists(model) ? model[..^Whole.Length] : null;

    /// <summary>Opens one source.</summary>
    internal static IFeatureSource OpenOne(string model, Device device, Precision precision, FeatureOptions? options)
    {
        if (WithoutWhole(model) is { } encoder)
        {
            return OpenOne(encoder, device, precision, (options ?? new FeatureOptions()) with { WholeClip = true });
        }

        if (model == ImageNetResNet18.Name)
        {
            return ImageNetResNet18.Open(device, precision, options);
        }

        if (model == MotionSource.Name)
        {
            return new MotionSource(options);
        }

        string file = ModelCatalog.Installed().Resolve(model);
        if (!File.Exists(file))
        {
            throw new TaskGrainException(
                $"'{model}' is no file and no source's name; the names are {string.Join(", ", Names)}."
            );
        }

        if (OnnxSource.IsOnnx(file))
        {
            return OnnxSource.Open(file, options);
        }

        return NetworkFile.IsNetwork(Safetensors.ReadMetadata(file))
            ? NetworkSource.Load(file, device, precision, options)
            : EncoderFeatureSource.Load(file, device, precision, options);
    }

    private static bool IsEncoder(string file) =>
        file is not (ImageNetResNet18.Name or MotionSource.Name)
        && !OnnxSource.IsOnnx(file)
        && !NetworkFile.IsNetwork(Safetensors.ReadMetadata(file));
}
