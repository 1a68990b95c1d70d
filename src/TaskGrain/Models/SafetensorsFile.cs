using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>What a <c>.safetensors</c> file held. Owns its tensors.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    internal SafetensorsFile(IReadOnlyDictionary<string, Tensor> tensors, SafetensorsHeader header)
    {
        Tensors = tensors;
        Entries = header.Entries;
        Metadata = header.Metadata;
    }

    /// <summary>The tensors by name, on the CPU, contiguous; disposed with this object.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The free texts of the header's <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Types, shapes and places of the tensors.</summary>
    internal IReadOnlyList<SafetensorsHeader.Entry> Entries { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
