using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using TaskGrain.Runtime.Storage;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// The head of a <c>.safetensors</c> file: eight bytes with the length of the JSON text that follows, little-endian,
/// and that text, which names each tensor's type, shape and place in the rest of the file.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes before the JSON text.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>The name under which the header keeps free texts instead of a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>
    /// A model with a vocabulary of 100,000 words and 10,000 tensors has a header of 4 MB. The reference implementation
    /// reads up to 100 MB; parsing so much takes seconds and a gigabyte before anything in it can be refused.
    /// </summary>
    private const ulong LongestText = 16 << 20;

    /// <summary>No network's tensor has so many; libtorch's cost grows with them.</summary>
    private const int MostSides = 16;

    private static readonly (string Name, ScalarType Type, int Size)[] KnownTypes =
    [
        ("F64", ScalarType.Float64, 8),
        ("I64", ScalarType.Int64, 8),
        ("F32", ScalarType.Float32, 4),
        ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    private SafetensorsHeader(byte[] text, IReadOnlyList<Entry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Text = text;
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The JSON text as it is in the file, padding included.</summary>
    public byte[] Text { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The free texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The format's name for a type and its bytes a value.</summary>
    public static (string Name, int Size) TypeOf(string tensor, ScalarType type)
    {
        (string? name, _, int size) = Array.Find(KnownTypes, known => known.Type == type);
        return name is null
            ? throw new TaskGrainException(
                $"Tensor '{tensor}' is of type {type}, which a .safetensors file cannot hold here."
            )
            : (name, size);
    }

    /// <summary>Reads and checks the head, leaving the stream at the first tensor's bytes.</summary>
    /// <exception cref="TaskGrainException">The file is truncated, damaged or of another kind.</exception>
    public static SafetensorsHeader Read(Stream stream, string path)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
        {
            throw Damaged(path, $"it has only {stream.Length} bytes");
        }

        stream.ReadExactly(length);
        ulong textLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (textLength is < 2 or > LongestText)
        {
            throw new TaskGrainException(
                $"{path} is not a .safetensors file that can be read here: its first eight bytes announce a header of "
                    + $"{textLength} bytes, and {LongestText} are the most."
            );
        }

        if (textLength > (ulong)(stream.Length - LengthBytes))
        {
            throw Damaged(path, $"its header should have {textLength} bytes, and the whole file has {stream.Length}");
        }

        byte[] text = new byte[textLength];
        stream.ReadExactly(text);
        if (!Utf8.IsValid(text))
        {
            throw Damaged(path, "its header is not UTF-8 text");
        }

        try
        {
            return Parse(text, stream.Length - LengthBytes - (long)textLength, path);
        }
        catch (InvalidOperationException fault)
        {
            // Escapes such as \ud800 alone, which are JSON and no text.
            throw new TaskGrainException(
                $"{path} is damaged or not a .safetensors file: its header holds half a character ({fault.Message})",
                fault
            );
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"{path} is not a .safetensors file or is damaged: its header is no JSON ({fault.Explain()})",
                fault
            );
        }
    }

    private static SafetensorsHeader Parse(byte[] text, long dataBytes, string path)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Damaged(path, "its header is no JSON object");
        }

        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw Damaged(path, $"its header names '{property.Name}' twice");
            }

            if (property.Name == MetadataName)
            {
                ReadMetadata(property.Value, metadata, path);
            }
            else
            {
                entries.Add(ReadEntry(property, path));
            }
        }

        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        CheckPlaces(entries, dataBytes, path);
        return new SafetensorsHeader(text, entries, metadata);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Damaged(path, $"'{MetadataName}' is no JSON object");
        }

        foreach (JsonProperty text in element.EnumerateObject())
        {
            metadata[text.Name] =
                text.Value.ValueKind == JsonValueKind.String
                    ? text.Value.GetString()!
                    : throw Damaged(path, $"its metadata '{text.Name}' is no text");
        }
    }

    private static Entry ReadEntry(JsonProperty property, string path)
    {
        string name = property.Name;
        JsonElement value = property.Value;
        if (
            value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement type)
            || type.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shape)
            || !TryIntegers(shape, out long[] sizes)
            || !value.TryGetProperty("data_offsets", out JsonElement offsets)
            || !TryIntegers(offsets, out long[] places)
            || places.Length != 2
        )
        {
            throw Damaged(path, $"tensor '{name}' lacks a dtype, a shape or its two data_offsets");
        }

        (string? known, ScalarType scalar, int bytes) = Array.Find(KnownTypes, k => k.Name == type.GetString());
        if (known is null)
        {
            string valid = string.Join(", ", KnownTypes.Select(k => k.Name));
            throw new TaskGrainException(
                $"{path}: tensor '{name}' has dtype '{type.GetString()}'; readable are {valid}."
            );
        }

        // An empty tensor has strides too, which must not overflow.
        UInt128 strides = (UInt128)bytes;
        foreach (long side in sizes)
        {
            strides *= (UInt128)Math.Max(1, side);
            if (strides > long.MaxValue || sizes.Length > MostSides)
            {
                throw Damaged(
                    path,
                    $"tensor '{name}' has an impossible shape ({string.Join(", ", sizes.Take(MostSides))})"
                );
            }
        }

        UInt128 size = sizes.Contains(0) ? 0 : strides;

        if (places[1] < places[0] || (UInt128)(places[1] - places[0]) != size)
        {
            throw Damaged(
                path,
                $"tensor '{name}' of shape ({string.Join(", ", sizes)}) and dtype {known} needs {size} bytes, "
                    + $"its data_offsets [{places[0]}, {places[1]}] give {places[1] - places[0]}"
            );
        }

        return new Entry(name, scalar, sizes, places[0], places[1]);
    }

    private static bool TryIntegers(JsonElement element, out long[] values)
    {
        values = [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var read = new List<long>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long value) || value < 0)
            {
                return false;
            }

            read.Add(value);
        }

        values = [.. read];
        return true;
    }

    /// <summary>The format allows no gap, no overlap and nothing after the last tensor.</summary>
    private static void CheckPlaces(List<Entry> entries, long dataBytes, string path)
    {
        long at = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Begin != at)
            {
                throw Damaged(
                    path,
                    $"tensor '{entry.Name}' begins at byte {entry.Begin} of the data where {at} is expected"
                );
            }

            at = entry.End;
        }

        if (at != dataBytes)
        {
            throw Damaged(path, $"its tensors need {at} bytes and {dataBytes} are there");
        }
    }

    private static TaskGrainException Damaged(string path, string what) =>
        new($"{path} is damaged, truncated or not a .safetensors file: {what}.");

    /// <summary>
    /// One tensor's line of the header; <c>Begin</c> and <c>End</c> count from the first byte after the text.
    /// </summary>
    public sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
}
