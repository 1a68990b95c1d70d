using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// A model in one <c>.safetensors</c> file: its tensors, and under the metadata key <see cref="DescriptionKey"/> its
/// <see cref="ModelDescription"/> as JSON.
/// </summary>
internal static class ModelFile
{
    /// <summary>Metadata key of the description.</summary>
    public const string DescriptionKey = "taskgrain";

    /// <summary>
    /// Tensors with this prefix belong to an unfinished training, not to the model; loading passes over them.
    /// </summary>
    internal const string OptimizerPrefix = "optimizer.";

    /// <summary>Writes a model; an existing file is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model; stays as it is.</param>
    /// <param name="weights">
    /// Number format of matrices and kernels in the file: float32, or bfloat16 for half the size, which a model that
    /// computes in bfloat16 rounds to anyway. Biases, scales and running statistics stay float32.
    /// </param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, VideoModel model, ScalarType weights = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        Safetensors.Write(
            path,
            model
                .Tensors()
                .ToDictionary(
                    pair => pair.Key,
                    pair => pair.Value.Dimensions > 1 ? pair.Value.detach().to_type(weights) : pair.Value,
                    StringComparer.Ordinal
                ),
            new Dictionary<string, string>(StringComparer.Ordinal) { [DescriptionKey] = model.Description.ToJson() }
        );
    }

    /// <summary>Reads a model, ready for use (not in training mode).</summary>
    /// <param name="path">
    /// A file written by <see cref="Save"/> or the <c>last.safetensors</c> of a training run.
    /// </param>
    /// <param name="device">Where its weights go; null for the processor.</param>
    /// <param name="precision">Number format of its heavy layers.</param>
    /// <returns>The model.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is missing, damaged or no TaskGrain model, or its tensors are not those of its description; the
    /// message names what differs.
    /// </exception>
    public static VideoModel Load(string path, Device? device = null, Precision precision = Precision.Auto)
    {
        ModelDescription? description = null;
        using SafetensorsFile file = Safetensors.Read(path, header => description = Description(path, header));
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var model = VideoModel.Unfilled(description! with { Taught = description.Taught?.WithFilesIn(folder) });
        try
        {
            CopyInto(model, file, path);
            RequireNumbers(model, path);
            model.Encoder.Compute = precision;
            CheckTaught(model, path);
            model.SetTraining(false);
            return device is null ? model : model.To(device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads a model's description without its weights.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The description, whose sizes are those of the file's tensors.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is missing, damaged or no TaskGrain model, or its tensors are not those of its description.
    /// </exception>
    public static ModelDescription LoadDescription(string path) => Description(path, Safetensors.ReadHeader(path));

    /// <summary>Fills a model with the tensors of a file, all or none of them.</summary>
    internal static void CopyInto(VideoModel model, SafetensorsFile file, string path)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        IReadOnlyDictionary<string, Tensor> own = model.Tensors();
        ModelTensors.RequireSame(own.Select(pair => (pair.Key, pair.Value.shape)), file.Entries, path);
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

    private static ModelDescription Description(string path, SafetensorsHeader header)
    {
        if (!header.Metadata.TryGetValue(DescriptionKey, out string? json))
        {
            throw new TaskGrainException(
                $"{path} is a .safetensors file but no TaskGrain model: its metadata has no '{DescriptionKey}'. "
                    + $"Models are written by: taskgrain train"
            );
        }

        var description = ModelDescription.FromJson(json, path);
        ModelTensors.RequireSame(ModelTensors.Of(description), header.Entries, path);
        return description;
    }

    /// <summary>A training that diverged leaves weights that no answer can be made with.</summary>
    private static void RequireNumbers(VideoModel model, string path)
    {
        using var scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in model.Tensors())
        {
            if (!tensor.isfinite().all().item<bool>())
            {
                throw new TaskGrainException(
                    $"{path}: the model's weights are broken: '{name}' holds values that are not numbers. Its training "
                        + "diverged, or the file was made by another program; train again with a smaller learning rate."
                );
            }
        }
    }
}
