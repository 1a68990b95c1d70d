using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Writes and reads <c>.safetensors</c> files, which Python's <c>safetensors</c> opens too: tensors by name and free
/// texts. Ours carry a checksum of the whole content (metadata key <c>xxh128</c>), since the format itself notices a
/// truncated file but not a flipped byte.
/// </summary>
internal static class Safetensors
{
    /// <summary>Metadata key of the checksum: XXH128 of header text and data, itself read as zeros.</summary>
    public const string ChecksumKey = "xxh128";

    private const int Alignment = 8;
    private static readonly string NoChecksum = new('0', 32);

    /// <summary>Writes a file; an existing one is replaced when the new one is complete.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="tensors">
    /// Any shapes, layouts and devices; written contiguous. Types: float64/32/16, bfloat16, int64/32/16/8, uint8, bool.
    /// </param>
    /// <param name="metadata">Free texts; null for none.</param>
    /// <exception cref="TaskGrainException">A tensor has another type, or more than 2 GiB.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null
    )
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using DisposeScope scope = NewDisposeScope();

        // The widest types first keep every tensor aligned to its own size, as the reference implementation does.
        (string Name, Tensor Value, string Type, int Size)[] items =
        [
            .. tensors
                .Select(pair =>
                    (pair.Key, Contiguous(pair.Key, pair.Value), SafetensorsHeader.TypeOf(pair.Key, pair.Value.dtype))
                )
                .Select(item => (item.Key, item.Item2, item.Item3.Name, item.Item3.Size))
                .OrderByDescending(item => item.Size)
                .ThenBy(item => item.Key, StringComparer.Ordinal),
        ];
        byte[] text = HeaderText(items, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal));
        var hash = new XxHash128();
        hash.Append(text);
        foreach ((_, Tensor value, _, _) in items)
        {
            hash.Append(value.bytes);
        }

        int place = text.AsSpan().IndexOf(Encoding.ASCII.GetBytes(NoChecksum));
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetCurrentHash()), text.AsSpan(place));
        AtomicFile.Write(
            path,
            stream =>
            {
                Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
                stream.Write(length);
                stream.Write(text);
                foreach ((_, Tensor value, _, _) in items)
                {
                    stream.Write(value.bytes);
                }
            }
        );
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors, on the CPU, and texts.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is missing, truncated, damaged, or holds a type that cannot be read.
    /// </exception>
    public static SafetensorsFile Read(string path) => Read(path, static _ => { });

    /// <summary>As above, with a look at the header before any tensor is made.</summary>
    internal static SafetensorsFile Read(string path, Action<SafetensorsHeader> check)
    {
        NativeLibraries.EnsureLoaded();
        using FileStream stream = Open(path);
        SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
        check(header);
        var tensors = new Dictionary<string, Tensor>(header.Entries.Count, StringComparer.Ordinal);
        var file = new SafetensorsFile(tensors, header);
        try
        {
            var hash = new XxHash128();
            hash.Append(WithoutChecksum(header));
            foreach (SafetensorsHeader.Entry entry in header.Entries)
            {
                if (entry.End - entry.Begin > int.MaxValue)
                {
                    throw new TaskGrainException(
                        $"{path}: tensor '{entry.Name}' has more than 2 GiB, which cannot be read here."
                    );
                }

                Tensor tensor = empty(entry.Shape, entry.Type).DetachFromDisposeScope();
                tensors.Add(entry.Name, tensor);
                stream.ReadExactly(tensor.bytes);
                hash.Append(tensor.bytes);
            }

            CheckHash(header, hash, path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the free texts alone, without the tensors.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts by key.</returns>
    /// <exception cref="TaskGrainException">The file is missing, truncated or not of this format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => ReadHeader(path).Metadata;

    /// <summary>Reads the head of the file alone.</summary>
    internal static SafetensorsHeader ReadHeader(string path)
    {
        using FileStream stream = Open(path);
        return SafetensorsHeader.Read(stream, path);
    }

    private static FileStream Open(string path)
    {
        if (!Directory.Exists(path))
        {
            return InputFile.OpenRead(path);
        }

        // A run's folder is easily given for the model in it.
        string[] models =
        [
            .. Directory
                .EnumerateFiles(path, "*.safetensors")
                .OrderBy(file => Path.GetFileName(file) != "best.safetensors")
                .ThenBy(file => file, StringComparer.Ordinal),
        ];
        throw new TaskGrainException(
            models.Length == 0
                ? $"{path} is a folder without a model; name a .safetensors file."
                : $"{path} is a folder; the model in it is {models[0]}"
        );
    }

    private static Tensor Contiguous(string name, Tensor tensor)
    {
        if (tensor.numel() * tensor.element_size() > int.MaxValue)
        {
            throw new TaskGrainException($"Tensor '{name}' has more than 2 GiB, which cannot be written here.");
        }

        return tensor.detach().cpu().contiguous();
    }

    private static byte[] HeaderText(
        IEnumerable<(string Name, Tensor Value, string Type, int Size)> items,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, TaskGrainJson.Writer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            json.WriteString(ChecksumKey, NoChecksum);
            foreach ((string key, string value) in metadata.Where(pair => pair.Key != ChecksumKey))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long at = 0;
            foreach ((string name, Tensor value, string type, int size) in items)
            {
                long end = at + (value.numel() * size);
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                WriteNumbers(json, "shape", value.shape);
                WriteNumbers(json, "data_offsets", [at, end]);
                json.WriteEndObject();
                at = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> WithoutChecksum(SafetensorsHeader header)
    {
        byte[] text = [.. header.Text];
        if (header.Metadata.TryGetValue(ChecksumKey, out string? checksum) && checksum.Length == NoChecksum.Length)
        {
            int place = text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(checksum));
            if (place >= 0)
            {
                Encoding.ASCII.GetBytes(NoChecksum, text.AsSpan(place));
            }
        }

        return text;
    }

    private static void CheckHash(SafetensorsHeader header, XxHash128 hash, string path)
    {
        if (
            header.Metadata.TryGetValue(ChecksumKey, out string? expected)
            && expected != Convert.ToHexStringLower(hash.GetCurrentHash())
        )
        {
            throw new TaskGrainException(
                $"{path} is damaged: its content does not match its checksum. (A file that another program rewrote "
                    + $"keeping "
                    + $"our metadata looks like this too; remove '{ChecksumKey}' from its metadata then.)"
            );
        }
    }
}
