using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// A model in one <c>.safetensors</c> file: its tensors, and under the metadata key <see cref="DescriptionKey"/> its
/// <see cref="ModelDescription"/> as JSON.
/// </summary>
public static class ModelFile
{
    /// <summary>Metadata key of the description.</summary>
    public const string DescriptionKey = "taskgrain";

    /// <summary>
    /// Tensors with this prefix belong to an unfinished training, not to the model; loading passes over them.
    /// </summary>
    internal const string OptimizerPrefix = "optimizer.";

    private const int DifferencesNamed = 6;

    /// <summary>Writes a model; an existing file is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model; stays as it is.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        Safetensors.Write(
            path,
            model.Tensors(),
            new Dictionary<string, string>(StringComparer.Ordinal) { [DescriptionKey] = model.Description.ToJson() }
        );
    }

    /// <summary>Reads a model, ready for use (not in training mode).</summary>
    /// <param name="path">
    /// A file written by <see cref="Save"/> or the <c>last.safetensors</c> of a training run.
    /// </param>
    /// <param name="device">Where its weights go.</param>
    /// <param name="precision">Number format of its heavy layers.</param>
    /// <returns>The model.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is missing, damaged or no TaskGrain model, or its tensors are not those of its description; the
    /// message names what differs.
    /// </exception>
    public static VideoModel Load(string path, Device device, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(device);
        using SafetensorsFile file = Safetensors.Read(path);
        var model = new VideoModel(Description(path, file.Metadata));
        try
        {
            CopyInto(model, file, path);
            model.Encoder.Compute = precision;
            CheckTaught(model, path);
            model.SetTraining(false);
            return model.To(device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads a model's description without its weights.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The description.</returns>
    /// <exception cref="TaskGrainException">The file is missing, damaged or no TaskGrain model.</exception>
    public static ModelDescription LoadDescription(string path) => Description(path, Safetensors.ReadMetadata(path));

    /// <summary>Fills a model with the tensors of a file, all or none of them.</summary>
    internal static void CopyInto(VideoModel model, SafetensorsFile file, string path)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        IReadOnlyDictionary<string, Tensor> own = model.Tensors();
        string[] differences = [.. Differences(own, file.Tensors)];
        if (differences.Length > 0)
        {
            string more =
                differences.Length > DifferencesNamed ? $" and {differences.Length - DifferencesNamed} more" : "";
            throw new TaskGrainException(
                $"{path}: its tensors are not those of the model it describes: "
                    + $"{string.Join("; ", differences.Take(DifferencesNamed))}{more}."
            );
        }

        foreach ((string name, Tensor tensor) in own)
        {
            tensor.copy_(file.Tensors[name]);
        }
    }

    // Read now, so that a damaged one is refused with the file's name and not at its first prediction.
    private static void CheckTaught(VideoModel model, string path)
    {
        try
        {
            _ = model.Taught?.Classifier;
        }
        catch (TaskGrainException fault)
        {
            throw new TaskGrainException($"{path}: {fault.Message}", fault);
        }
    }

    private static ModelDescription Description(string path, IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(DescriptionKey, out string? json)
            ? ModelDescription.FromJson(json, path)
            : throw new TaskGrainException(
                $"{path} is a .safetensors file but no TaskGrain model: its metadata has no '{DescriptionKey}'. "
                    + $"Models are written by: taskgrain train"
            );

    private static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, Tensor> expected,
        IReadOnlyDictionary<string, Tensor> found
    )
    {
        foreach ((string name, Tensor tensor) in expected)
        {
            if (!found.TryGetValue(name, out Tensor? other))
            {
                yield return $"'{name}' is missing";
            }
            else if (!tensor.shape.AsSpan().SequenceEqual(other.shape))
            {
                yield return $"'{name}' has shape ({string.Join(", ", other.shape)}) where "
                    + $"({string.Join(", ", tensor.shape)}) is expected";
            }
            else if (tensor.dtype != other.dtype)
            {
                yield return $"'{name}' is {other.dtype} where {tensor.dtype} is expected";
            }
        }

        foreach (
            string name in found.Keys.Where(name =>
                !expected.ContainsKey(name) && !name.StartsWith(OptimizerPrefix, StringComparison.Ordinal)
            )
        )
        {
            yield return $"'{name}' is not part of it";
        }
    }
}
