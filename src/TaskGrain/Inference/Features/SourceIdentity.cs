using System.IO.Hashing;
using System.Text;
using static TorchSharp.torch;

namespace TaskGrain.Inference.Features;

/// <summary>Hashes what shapes a source's vectors: its weights and a text with its settings.</summary>
internal static class SourceIdentity
{
    /// <summary>XXH128 of a text: of a source without weights.</summary>
    public static string Of(string settings) =>
        Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(settings)));

    /// <summary>
    /// XXH128 over names, shapes and values of the tensors, in the order of their names, and the settings.
    /// </summary>
    public static string Of(IReadOnlyDictionary<string, Tensor> weights, string settings)
    {
        var hash = new XxHash128();
        using var scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{name}({string.Join(',', tensor.shape)})"));
            hash.Append(tensor.detach().cpu().contiguous().bytes);
        }

        hash.Append(Encoding.UTF8.GetBytes(settings));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
