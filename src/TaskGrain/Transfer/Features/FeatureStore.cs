using System.Runtime.InteropServices;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Features;

/// <summary>
/// Extracted features of a set of clips, all from one source: <c>features.json</c> says which, <c>index.jsonl</c> has a
/// line a clip, <c>vectors.bin</c> the numbers, little-endian, one clip after the other. Every clip has a checksum,
/// compared whenever it is read. Safe to read from several threads.
/// </summary>
internal sealed class FeatureStore : IDisposable
{
    private readonly Dictionary<string, int> _byId;
    private readonly FileStream? _data;

    private FeatureStore(string folder, FeatureStoreHeader header, IReadOnlyList<FeatureEntry> entries)
    {
        Folder = folder;
        Source = header.Source;
        Type = header.Type;
        Entries = entries;
        _byId = entries
            .Select((entry, i) => (entry.Id, i))
            .ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        string path = DataPath;
        _data = File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1)
            : null;
    }

    /// <summary>The folder the store lies in.</summary>
    public string Folder { get; }

    /// <summary>Where the vectors come from.</summary>
    public FeatureSourceInfo Source { get; }

    /// <summary>Number format in the file.</summary>
    public FeatureType Type { get; }

    /// <summary>The clips, in the order they were extracted in.</summary>
    public IReadOnlyList<FeatureEntry> Entries { get; }

    private string DataPath => Path.Combine(Folder, FeatureStoreLayout.DataName);

    /// <summary>Whether a folder holds a feature store.</summary>
    /// <param name="folder">Any folder.</param>
    /// <returns>True when it does.</returns>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FeatureStoreLayout.HeaderName));

    /// <summary>Opens a store.</summary>
    /// <param name="folder">A folder made by <see cref="FeatureStoreWriter"/> or <c>taskgrain extract</c>.</param>
    /// <returns>The store.</returns>
    /// <exception cref="TaskGrainException">
    /// There is no store, or a file of it is missing, cut short or damaged.
    /// </exception>
    public static FeatureStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (FeatureStoreHeader header, List<FeatureEntry> entries, _) = FeatureStoreLayout.Load(folder);
        return new FeatureStore(folder, header, entries);
    }

    /// <summary>Finds a clip by its name.</summary>
    /// <param name="id">The clip's name.</param>
    /// <param name="index">Its place in <see cref="Entries"/>.</param>
    /// <returns>Whether the store has it.</returns>
    public bool TryIndexOf(string id, out int index) => _byId.TryGetValue(id, out index);

    /// <summary>Reads a clip's vectors.</summary>
    /// <param name="index">Its place in <see cref="Entries"/>.</param>
    /// <returns>(T, D), float32 whatever the file's format.</returns>
    /// <exception cref="TaskGrainException">The bytes do not match their checksum.</exception>
    public FeatureSequence Read(int index)
    {
        FeatureEntry entry = Entries[index];
        byte[] bytes = ReadBytes(index);
        float[] values =
            Type == FeatureType.Float32
                ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
                : Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value);
        return new FeatureSequence(values, entry.Steps, Source.Dimension);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _data?.Dispose();

    /// <summary>A clip's numbers as they lie in the file.</summary>
    /// <exception cref="TaskGrainException">
    /// The bytes do not match their checksum, or the file ends before them.
    /// </exception>
    internal byte[] ReadBytes(int index)
    {
        FeatureEntry entry = Entries[index];
        int size = FeatureStoreLayout.SizeOf(Type);
        byte[] bytes = new byte[entry.Steps * Source.Dimension * size];
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_data!.SafeFileHandle, bytes.AsSpan(done), (entry.Offset * size) + done);
            done +=
                read > 0
                    ? read
                    : throw new TaskGrainException(
                        $"{DataPath}: the file ends before the vectors of clip '{entry.Id}'."
                    );
        }

        return FeatureStoreLayout.Checksum(entry, bytes) == entry.Checksum
            ? bytes
            : throw new TaskGrainException(
                $"{DataPath}: the vectors of clip '{entry.Id}' do not match their checksum; delete the store and "
                    + $"extract again."
            );
    }
}
