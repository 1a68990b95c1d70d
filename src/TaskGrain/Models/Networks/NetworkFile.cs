using System.Text.Json;
using TaskGrain.Models.Weights;
using TaskGrain.Runtime.Storage;
using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>What a network's safetensors file says of itself.</summary>
/// <param name="Network">Name of the architecture.</param>
/// <param name="Input">How pixels are brought into its form.</param>
/// <param name="Origin">Name of the file that the weights came from.</param>
internal sealed record NetworkDescription(string Network, NetworkInput Input, string Origin);

/// <summary>
/// A network trained elsewhere in one <c>.safetensors</c> file: weights under torchvision's names, and under the
/// metadata key <see cref="DescriptionKey"/> a <see cref="NetworkDescription"/>.
/// </summary>
internal static class NetworkFile
{
    /// <summary>Metadata key of the description.</summary>
    public const string DescriptionKey = "taskgrain-network";

    private const int Named = 8;

    /// <summary>Whether a file's metadata say that it is a network.</summary>
    /// <param name="metadata">The texts of a safetensors file.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsNetwork(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.ContainsKey(DescriptionKey);
    }

    /// <summary>Gives weights a network's names and checks that they are its weights.</summary>
    /// <param name="set">Weights from any file.</param>
    /// <param name="architecture">The network.</param>
    /// <returns>
    /// The network's weights in the order of its layers; views of the set's tensors, and new ones in the present
    /// dispose scope.
    /// </returns>
    /// <exception cref="TaskGrainException">
    /// Tensors are missing, unexpected or of another shape; the message names each.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Match(WeightSet set, NetworkArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(architecture);
        IReadOnlyList<NetworkTensor> expected = architecture.Tensors();
        Dictionary<string, Tensor> named = WeightNames.Map(set.Tensors, architecture);
        if (set.Graph is not null && !expected.Any(tensor => named.ContainsKey(tensor.Name)))
        {
            named = OnnxNetworkWeights.Read(set, architecture);
        }

        string[] differences = [.. NetworkWeightCheck.Differences(architecture, named)];
        if (differences.Length > 0)
        {
            string more = differences.Length > Named ? $"; and {differences.Length - Named} more" : "";
            throw new TaskGrainException(
                $"{set.Path} does not hold the weights of {architecture}: "
                    + $"{string.Join("; ", differences.Take(Named))}{more}."
            );
        }

        return expected
            .Where(tensor => named.ContainsKey(tensor.Name))
            .ToDictionary(tensor => tensor.Name, tensor => named[tensor.Name], StringComparer.Ordinal);
    }

    /// <summary>Writes a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">From <see cref="Match"/>.</param>
    /// <param name="description">What it is.</param>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> weights, NetworkDescription description) =>
        Safetensors.Write(
            path,
            weights,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [DescriptionKey] = JsonSerializer.Serialize(description, TaskGrainJson.Strict),
            }
        );

    /// <summary>Reads what a file says of its network.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="metadata">Its texts.</param>
    /// <returns>The description.</returns>
    /// <exception cref="TaskGrainException">It says nothing, or something that cannot be.</exception>
    public static NetworkDescription Description(string path, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (!metadata.TryGetValue(DescriptionKey, out string? json))
        {
            throw new TaskGrainException(
                $"{path} does not say which network it is; import its weights as those of a network that is named."
            );
        }

        try
        {
            NetworkDescription description =
                JsonSerializer.Deserialize<NetworkDescription>(json, TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
            string[] faults = [.. description.Input.Faults()];
            return faults.Length == 0
                ? description
                : throw new TaskGrainException($"{path}: '{DescriptionKey}': {string.Join("; ", faults)}.");
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"{path}: its metadata '{DescriptionKey}' cannot be read: {fault.Message}",
                fault
            );
        }
    }
}
