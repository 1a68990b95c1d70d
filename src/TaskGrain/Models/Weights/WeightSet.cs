using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>Weights read from a file of any known form. Owns its tensors.</summary>
internal sealed class WeightSet : IDisposable
{
    internal WeightSet(string path, string form, IReadOnlyDictionary<string, Tensor> tensors)
    {
        Path = path;
        Form = form;
        Tensors = tensors;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its form in words, such as <c>PyTorch checkpoint (zip)</c>.</summary>
    public string Form { get; }

    /// <summary>The tensors by the file's names, on the CPU, contiguous; disposed with this object.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>What else the file holds and was passed over, such as <c>optimizer</c> or <c>epoch</c>.</summary>
    public IReadOnlyList<string> PassedOver { get; internal init; } = [];

    /// <summary>Free texts of a safetensors file; empty for the other forms.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The graph of an ONNX file; null for the other forms.</summary>
    internal OnnxGraph? Graph { get; init; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
