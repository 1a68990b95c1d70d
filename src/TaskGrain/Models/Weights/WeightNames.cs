using TaskGrain.Models.Networks;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Brings the names of torchvision, timm and 3D-ResNets-PyTorch to one: torchvision's, which the other two share but
/// for timm's VGG.
/// </summary>
internal static class WeightNames
{
    /// <summary>
    /// What wrappers put before every name: DataParallel, DistributedDataParallel, torch.compile and Lightning.
    /// </summary>
    private static readonly string[] Wrappers = ["module.", "_orig_mod.", "model.", "backbone."];

    private static readonly (string Theirs, string Ours)[] TimmVgg =
    [
        ("pre_logits.fc1.", "classifier.0."),
        ("pre_logits.fc2.", "classifier.3."),
        ("head.fc.", "classifier.6."),
    ];

    /// <summary>Renames; what a network does without (counters of batch norms) is left out.</summary>
    /// <param name="tensors">The tensors under a file's names.</param>
    /// <param name="architecture">The network they are for.</param>
    /// <returns>
    /// The same tensors under the network's names, new views where a shape was flattened; they live in the present
    /// dispose scope.
    /// </returns>
    public static Dictionary<string, Tensor> Map(
        IReadOnlyDictionary<string, Tensor> tensors,
        NetworkArchitecture architecture
    )
    {
        Dictionary<string, NetworkTensor> expected = architecture.Tensors().ToDictionary(tensor => tensor.Name);
        string wrapper = Wrapper(tensors.Keys);
        var mapped = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string theirs, Tensor tensor) in tensors)
        {
            string name = theirs.StartsWith(wrapper, StringComparison.Ordinal) ? theirs[wrapper.Length..] : theirs;
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                continue;
            }

            if (architecture.Family == NetworkFamily.Vgg)
            {
                foreach ((string from, string to) in TimmVgg)
                {
                    name = name.StartsWith(from, StringComparison.Ordinal) ? to + name[from.Length..] : name;
                }
            }

            mapped[name] = expected.TryGetValue(name, out NetworkTensor? wanted) ? Fit(tensor, wanted) : tensor;
        }

        return mapped;
    }

    /// <summary>The wrappers' prefixes that all names share.</summary>
    private static string Wrapper(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string prefix = "";
        while (
            Array.Find(
                Wrappers,
                wrapper =>
                    all.Length > 0 && all.All(name => name.StartsWith(prefix + wrapper, StringComparison.Ordinal))
            )
                is { } found
        )
        {
            prefix += found;
        }

        return prefix;
    }

    // timm keeps VGG's linear layers as convolutions over the whole map, with the same numbers in the same order.
    private static Tensor Fit(Tensor tensor, NetworkTensor wanted) =>
        tensor.Dimensions == 4
        && wanted.Shape.Count == 2
        && wanted.Fits([tensor.shape[0], tensor.numel() / Math.Max(tensor.shape[0], 1)])
            ? tensor.flatten(1)
            : tensor;
}
