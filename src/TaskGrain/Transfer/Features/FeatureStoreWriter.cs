using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Features;

/// <summary>
/// Makes a <see cref="FeatureStore"/> or goes on with one. A clip's vectors are on the disk before its line in the
/// index is, so a store that was being written when the program was killed opens with the clips that were complete.
/// </summary>
public sealed class FeatureStoreWriter : IDisposable
{
    private const string LockName = "writing.lock";

    private readonly FileStream _lock;
    private readonly FileStream _index;
    private readonly FileStream _data;
    private readonly FeatureStoreHeader _header;
    private readonly HashSet<string> _ids;
    private long _numbers;

    private FeatureStoreWriter(
        FileStream guard,
        FileStream index,
        FileStream data,
        FeatureStoreHeader header,
        IEnumerable<string> ids,
        long numbers
    )
    {
        _lock = guard;
        _index = index;
        _data = data;
        _header = header;
        _ids = new HashSet<string>(ids, StringComparer.Ordinal);
        _numbers = numbers;
    }

    /// <summary>Number of clips in the store.</summary>
    public int Count => _ids.Count;

    /// <summary>Opens a store for writing, or makes one.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="source">Where the vectors come from; an existing store must be of the same identity.</param>
    /// <param name="type">Number format; an existing store must have the same.</param>
    /// <returns>The writer. Only one process at a time can have it.</returns>
    /// <exception cref="TaskGrainException">
    /// The store there is of another source or format, or is damaged, or in use; or the folder holds other things.
    /// </exception>
    public static FeatureStoreWriter OpenOrCreate(
        string folder,
        FeatureSourceInfo source,
        FeatureType type = FeatureType.Float32
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(source);
        var wanted = new FeatureStoreHeader(FeatureStoreLayout.Format, source, type);
        RequireOwnFolder(folder);
        Directory.CreateDirectory(folder);
        FileStream guard = Lock(folder);
        FileStream? index = null;
        FileStream? data = null;
        try
        {
            if (!FeatureStore.Exists(folder))
            {
                string json = JsonSerializer.Serialize(wanted, FeatureStoreLayout.ReadableJson);
                AtomicFile.WriteText(Path.Combine(folder, FeatureStoreLayout.HeaderName), json + "\n");
            }

            (FeatureStoreHeader header, List<FeatureEntry> entries, long indexLength) = FeatureStoreLayout.Load(folder);
            RequireSame(folder, header, wanted);
            long numbers = entries.Sum(entry => (long)entry.Steps * source.Dimension);
            index = OpenAt(Path.Combine(folder, FeatureStoreLayout.IndexName), indexLength);
            data = OpenAt(Path.Combine(folder, FeatureStoreLayout.DataName), numbers * FeatureStoreLayout.SizeOf(type));
            return new FeatureStoreWriter(guard, index, data, header, entries.Select(entry => entry.Id), numbers);
        }
        catch
        {
            index?.Dispose();
            data?.Dispose();
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Whether the store has a clip.</summary>
    /// <param name="id">The clip's name.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(string id) => _ids.Contains(id);

    /// <summary>Adds a clip.</summary>
    /// <param name="entry">
    /// Its name, and split, label and content hash where known; place and checksum are set here.
    /// </param>
    /// <param name="vectors">(T, D).</param>
    /// <exception cref="ArgumentException">The store has the clip, or the vectors have another dimension.</exception>
    public void Append(FeatureEntry entry, FeatureSequence vectors)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Dimension != _header.Source.Dimension)
        {
            throw new ArgumentException(
                $"vectors of {vectors.Dimension} do not belong into a store of {_header.Source.Dimension}",
                nameof(vectors)
            );
        }

        if (!_ids.Add(entry.Id))
        {
            throw new ArgumentException($"the store has clip '{entry.Id}' already", nameof(entry));
        }

        byte[] bytes = Encode(vectors);
        FeatureEntry complete = entry with { Steps = vectors.Steps, Offset = _numbers };
        complete = complete with { Checksum = FeatureStoreLayout.Checksum(complete, bytes) };
        _data.Write(bytes);
        _data.Flush();
        _index.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(complete, FeatureStoreLayout.Json) + "\n"));
        _index.Flush();
        _numbers += vectors.Values.Length;
    }

    /// <summary>Writes everything to the disk and closes the store.</summary>
    public void Dispose()
    {
        _data.Flush(flushToDisk: true);
        _index.Flush(flushToDisk: true);
        _data.Dispose();
        _index.Dispose();
        _lock.Dispose();
    }

    /// <summary>
    /// Opens a file for appending after its first <paramref name="length"/> bytes; what an interrupted write left
    /// behind them is cut off.
    /// </summary>
    private static FileStream OpenAt(string path, long length)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1 << 16);
        stream.SetLength(length);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }

    // A frame store or a folder of clips, named by mistake, must not get files strewn into it.
    private static void RequireOwnFolder(string folder)
    {
        if (FeatureStore.Exists(folder) || !Directory.Exists(folder))
        {
            return;
        }

        string? other = Directory
            .EnumerateFileSystemEntries(folder)
            .Select(path => Path.GetFileName(path))
            .FirstOrDefault(name =>
                name != LockName && !name.StartsWith(FeatureStoreLayout.HeaderName, StringComparison.Ordinal)
            );
        if (other is not null)
        {
            throw new TaskGrainException(
                $"{folder} holds other things, such as '{other}', and no feature store; give the features a folder "
                    + $"of their own."
            );
        }
    }

    private static FileStream Lock(string folder)
    {
        string path = Path.Combine(folder, LockName);
        try
        {
            return new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException fault)
        {
            throw new TaskGrainException(
                $"{folder} cannot be written: {fault.Message} Is another extraction into this store running?",
                fault
            );
        }
    }

    private static void RequireSame(string folder, FeatureStoreHeader found, FeatureStoreHeader wanted)
    {
        if (found.Source.Identity != wanted.Source.Identity)
        {
            throw new TaskGrainException(
                $"{folder} holds features of another source: {found.Source.Description} (identity "
                    + $"{found.Source.Identity}), not of "
                    + $"{wanted.Source.Description} ({wanted.Source.Identity}). Choose another folder or delete "
                    + $"this one."
            );
        }

        if (found.Type != wanted.Type)
        {
            throw new TaskGrainException(
                $"{folder} holds {found.Type} features, not {wanted.Type}; choose another folder or delete this one."
            );
        }
    }

    private byte[] Encode(FeatureSequence vectors) =>
        _header.Type == FeatureType.Float32
            ? MemoryMarshal.AsBytes(vectors.Values).ToArray()
            : MemoryMarshal.AsBytes<Half>(Array.ConvertAll(vectors.Values.ToArray(), value => (Half)value)).ToArray();
}
