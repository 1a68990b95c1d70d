using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>Compares weights at hand with those a network needs.</summary>
internal static class NetworkWeightCheck
{
    private const int Named = 6;

    private static readonly ScalarType[] Floats =
    [
        ScalarType.Float64,
        ScalarType.Float32,
        ScalarType.Float16,
        ScalarType.BFloat16,
    ];

    /// <summary>Everything that keeps the weights from fitting, each in a few words that name the tensor.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="weights">The weights under the network's names.</param>
    public static IEnumerable<string> Differences(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights
    )
    {
        IReadOnlyList<NetworkTensor> expected = architecture.Tensors();
        bool classifier = expected.Any(tensor => tensor.Optional && weights.ContainsKey(tensor.Name));
        long? classes = null;
        foreach (NetworkTensor tensor in expected)
        {
            if (!weights.TryGetValue(tensor.Name, out Tensor? found))
            {
                if (!tensor.Optional || classifier)
                {
                    yield return $"'{tensor.Name}' is missing";
                }

                continue;
            }

            if (!tensor.Fits(found.shape))
            {
                yield return $"'{tensor.Name}' has shape ({string.Join(", ", found.shape)}) where "
                    + $"{tensor.ShapeText()} is expected";
            }
            else if (tensor.Optional && classes is { } others && found.shape[0] != others)
            {
                yield return $"'{tensor.Name}' is for {found.shape[0]} classes, the weights before it for {others}";
            }
            else if (!Floats.Contains(found.dtype))
            {
                yield return $"'{tensor.Name}' is {found.dtype} where a float type is expected";
            }

            if (tensor.Optional)
            {
                classes ??= found.shape.FirstOrDefault();
            }
        }

        HashSet<string> names = [.. expected.Select(tensor => tensor.Name)];
        foreach (string name in weights.Keys.Where(name => !names.Contains(name)))
        {
            yield return $"'{name}' is unexpected";
        }
    }

    /// <exception cref="TaskGrainException">Something differs, or a number is not finite.</exception>
    public static void Require(NetworkArchitecture architecture, IReadOnlyDictionary<string, Tensor> weights)
    {
        string[] differences = [.. Differences(architecture, weights)];
        if (differences.Length > 0)
        {
            string more = differences.Length > Named ? $" and {differences.Length - Named} more" : "";
            throw new TaskGrainException(
                $"These are not the weights of {architecture}: {string.Join("; ", differences.Take(Named))}{more}."
            );
        }

        using var scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in weights)
        {
            if (!tensor.isfinite().all().item<bool>())
            {
                throw new TaskGrainException($"'{name}' holds numbers that are not finite.");
            }
        }
    }
}
