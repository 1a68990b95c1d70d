using TaskGrain.Models.Weights.Pickle;
using TaskGrain.Runtime;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Reads weights that any program has written: safetensors, PyTorch checkpoints (the zip form and the older one) and
/// the stored tensors of ONNX files. The content decides the form, not the file's name.
/// </summary>
/// <remarks>
/// Nothing in a file is executed: of a PyTorch checkpoint tensors and plain containers are built, and any other class
/// or call is refused by name. A damaged or hostile file ends in an error; memory stays within eight times the file's
/// size and a fixed amount.
/// </remarks>
internal static class WeightFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors under the file's own names.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is missing, damaged, of no known form, or asks for something refused.
    /// </exception>
    public static WeightSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        NativeLibraries.EnsureLoaded();
        using var file = new FileBytes(path);
        byte[] head = file.Upto(0, 16);
        try
        {
            if (head.AsSpan().StartsWith("PK"u8))
            {
                return TorchZipCheckpoint.Read(path, file);
            }

            if (head is [0x80, <= 5, ..])
            {
                return TorchLegacyCheckpoint.Read(path, file);
            }

            // Eight bytes with the length of a JSON object, which begins with a brace.
            if (head.Length > SafetensorsHeader.LengthBytes && head[SafetensorsHeader.LengthBytes] == (byte)'{')
            {
                SafetensorsFile safe = Safetensors.Read(path);
                return new WeightSet(path, "safetensors", safe.Tensors) { Metadata = safe.Metadata };
            }

            // An ONNX file begins with the number of its format's version.
            return head is [0x08, < 64, ..]
                ? OnnxInitialisers.Read(path, file)
                : throw new InvalidDataException(
                    "it is of no known form: safetensors, a PyTorch checkpoint (.pth, .pt, .bin) and ONNX are read"
                );
        }
        catch (Exception fault) when (fault is PickleException or InvalidDataException or EndOfStreamException)
        {
            throw new TaskGrainException($"{path} cannot be read as weights: {fault.Message}.", fault);
        }
    }
}
