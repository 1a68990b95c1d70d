using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using TaskGrain.Inference.Features;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Features;

/// <summary>Number format of the vectors in a store.</summary>
internal enum FeatureType
{
    /// <summary>4 bytes a number, exactly as computed.</summary>
    Float32,

    /// <summary>2 bytes a number: half the space, 3 significant digits.</summary>
    Float16,
}

/// <summary>The files of a feature store and what is common to reading and writing them.</summary>
internal static class FeatureStoreLayout
{
    public const string HeaderName = "features.json";
    public const string IndexName = "index.jsonl";
    public const string DataName = "vectors.bin";
    public const int Format = 1;

    public static int SizeOf(FeatureType type) => type == FeatureType.Float16 ? 2 : 4;

    /// <summary>The checksum of an entry and its vectors as they lie in the file.</summary>
    public static string Checksum(FeatureEntry entry, ReadOnlySpan<byte> vectors)
    {
        var hash = new XxHash3();
        hash.Append(vectors);
        hash.Append(
            Encoding.UTF8.GetBytes($"{entry.Id}\n{entry.Split}\n{entry.Label}\n{entry.Content}\n{entry.Steps}")
        );
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Reads header and index.</summary>
    /// <param name="folder">The store.</param>
    /// <returns>
    /// The header, the entries whose vectors are complete, and the index's length up to the last of them.
    /// </returns>
    /// <exception cref="TaskGrainException">
    /// A file is missing or damaged other than by an interrupted write at its end.
    /// </exception>
    public static (FeatureStoreHeader Header, List<FeatureEntry> Entries, long IndexLength) Load(string folder)
    {
        string headerPath = Path.Combine(folder, HeaderName);
        FeatureStoreHeader header = ReadHeader(headerPath);
        string indexPath = Path.Combine(folder, IndexName);
        byte[] index = File.Exists(indexPath) ? File.ReadAllBytes(indexPath) : [];
        string dataPath = Path.Combine(folder, DataName);
        long numbers = File.Exists(dataPath) ? new FileInfo(dataPath).Length / SizeOf(header.Type) : 0;

        List<FeatureEntry> entries = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        int at = 0;
        long expected = 0;
        while (at < index.Length)
        {
            int end = Array.IndexOf(index, (byte)'\n', at);
            if (end < 0)
            {
                break; // the line that was being written when the program was killed
            }

            FeatureEntry entry = ReadEntry(index.AsSpan(at, end - at), indexPath, entries.Count + 1);
            long length = (long)entry.Steps * header.Source.Dimension;
            if (entry.Offset != expected || entry.Steps < 1 || !ids.Add(entry.Id))
            {
                throw Damaged(indexPath, entries.Count + 1, "the entry does not follow from the one before");
            }

            if (length > numbers - entry.Offset)
            {
                throw new TaskGrainException(
                    $"{dataPath}: the file ends before the vectors of clip '{entry.Id}'; copy the store completely, "
                        + $"or delete it and extract again."
                );
            }

            entries.Add(entry);
            expected += length;
            at = end + 1;
        }

        return (header, entries, at);
    }

    private static FeatureStoreHeader ReadHeader(string path)
    {
        try
        {
            FeatureStoreHeader header =
                JsonSerializer.Deserialize<FeatureStoreHeader>(File.ReadAllText(path), TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
            if (header.Format != Format)
            {
                throw new TaskGrainException(
                    $"{path}: the store has format {header.Format}; this version of TaskGrain reads {Format}."
                );
            }

            return header.Source is { Dimension: >= 1, VectorsPerSecond: > 0 }
                ? header
                : throw new TaskGrainException(
                    $"{path} is damaged: vectors of {header.Source.Dimension} numbers, "
                        + $"{header.Source.VectorsPerSecond} a second, cannot be."
                );
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskGrainException(
                $"{Path.GetDirectoryName(path)}: there is no feature store here; extract features into it first.",
                fault
            );
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{path} is damaged: {fault.Explain()}", fault);
        }
    }

    private static FeatureEntry ReadEntry(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<FeatureEntry>(line, TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw Damaged(path, number, fault.Explain());
        }
    }

    private static TaskGrainException Damaged(string path, int line, string why) =>
        new($"{path}, line {line}: damaged ({why}); delete the store and extract again.");
}

/// <summary>The head of a feature store.</summary>
/// <param name="Format">Version of the store's form.</param>
/// <param name="Source">What the vectors come from.</param>
/// <param name="Type">Their number format.</param>
internal sealed record FeatureStoreHeader(int Format, FeatureSourceInfo Source, FeatureType Type);
