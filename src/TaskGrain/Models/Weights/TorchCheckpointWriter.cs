using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using TaskGrain.Runtime.Storage;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Writes weights as a PyTorch checkpoint (zip form): <c>torch.load(FILE)</c> gives an ordered dictionary of tensors,
/// with <c>weights_only=True</c> too.
/// </summary>
internal static class TorchCheckpointWriter
{
    private const string Folder = "weights";

    /// <summary>Writes a file; an existing one is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Any layouts and devices; written contiguous, each with a storage of its own.</param>
    /// <exception cref="TaskGrainException">
    /// A tensor is of a type that cannot be written, or has more than 2 GiB.
    /// </exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        byte[] pickle = Pickle(tensors);
        AtomicFile.Write(
            path,
            stream =>
            {
                using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
                Add(zip, "data.pkl", pickle);
                Add(zip, "byteorder", "little"u8);
                int key = 0;
                foreach (Tensor tensor in tensors.Values)
                {
                    using Tensor plain = tensor.detach().cpu().contiguous();
                    Add(zip, $"data/{key++}", plain.bytes);
                }

                Add(zip, "version", "3\n"u8);
            }
        );
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using Stream entry = zip.CreateEntry($"{Folder}/{name}", CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static byte[] Pickle(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var steps = new MemoryStream();
        steps.Write([0x80, 2]);
        Global(steps, "collections", "OrderedDict");
        steps.Write([(byte)')', (byte)'R', (byte)'(']);
        int key = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (tensor.numel() > int.MaxValue / tensor.element_size())
            {
                throw new TaskGrainException($"Tensor '{name}' has more than 2 GiB, which cannot be written here.");
            }

            Text(steps, name);
            Value(steps, name, tensor, key++);
        }

        steps.Write([(byte)'u', (byte)'.']);
        return steps.ToArray();
    }

    /// <summary>_rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict()).</summary>
    private static void Value(MemoryStream steps, string name, Tensor tensor, int key)
    {
        Global(steps, "torch._utils", "_rebuild_tensor_v2");
        steps.Write([(byte)'(', (byte)'(']);
        Text(steps, "storage");
        Global(steps, "torch", StorageName(name, tensor.dtype));
        Text(steps, key.ToString(CultureInfo.InvariantCulture));
        Text(steps, "cpu");
        Number(steps, tensor.numel());
        steps.Write([(byte)'t', (byte)'Q']);
        Number(steps, 0);
        long[] shape = tensor.shape;
        Tuple(steps, shape);
        long[] stride = new long[shape.Length];
        long next = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            stride[i] = next;
            next *= Math.Max(shape[i], 1);
        }

        Tuple(steps, stride);
        steps.WriteByte(0x89);
        Global(steps, "collections", "OrderedDict");
        steps.Write([(byte)')', (byte)'R', (byte)'t', (byte)'R']);
    }

    private static string StorageName(string name, ScalarType type) =>
        type switch
        {
            ScalarType.Float64 => "DoubleStorage",
            ScalarType.Float32 => "FloatStorage",
            ScalarType.Float16 => "HalfStorage",
            ScalarType.BFloat16 => "BFloat16Storage",
            ScalarType.Int64 => "LongStorage",
            ScalarType.Int32 => "IntStorage",
            ScalarType.Int16 => "ShortStorage",
            ScalarType.Int8 => "CharStorage",
            ScalarType.Byte => "ByteStorage",
            ScalarType.Bool => "BoolStorage",
            _ => throw new TaskGrainException($"Tensor '{name}' is of type {type}, which cannot be written here."),
        };

    private static void Global(MemoryStream steps, string module, string name) =>
        steps.Write(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private static void Text(MemoryStream steps, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> head = [(byte)'X', 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        steps.Write(head);
        steps.Write(bytes);
    }

    private static void Tuple(MemoryStream steps, long[] numbers)
    {
        steps.WriteByte((byte)'(');
        foreach (long number in numbers)
        {
            Number(steps, number);
        }

        steps.WriteByte((byte)'t');
    }

    /// <summary>A number of eight bytes.</summary>
    private static void Number(MemoryStream steps, long number)
    {
        Span<byte> step = [0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt64LittleEndian(step[2..], number);
        steps.Write(step);
    }
}
