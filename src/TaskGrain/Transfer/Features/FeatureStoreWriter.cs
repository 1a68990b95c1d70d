using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Features;

/// <summary>
/// Makes a <see cref="FeatureStore"/> or goes on with one. A clip counts when <see cref="Commit"/> has written its line
/// of the index, after its vectors are on the disk; a process killed at any moment leaves a store with the clips
/// committed before, and the next writer goes on after them.
/// </summary>
internal sealed class FeatureStoreWriter : IDisposable
{
    /// <summary>The lock's name in stores of earlier versions.</summary>
    private const string FormerLockName = "writing.lock";

    private readonly FolderLock _lock;
    private readonly AppendLog _index;
    private readonly AppendLog _data;
    private readonly FeatureStoreHeader _header;
    private readonly HashSet<string> _ids;
    private readonly MemoryStream _uncommitted = new();
    private bool _disposed;

    private FeatureStoreWriter(
        FolderLock own,
        AppendLog index,
        AppendLog data,
        FeatureStoreHeader header,
        IEnumerable<string> ids
    )
    {
        _lock = own;
        _index = index;
        _data = data;
        _header = header;
        _ids = new HashSet<string>(ids, StringComparer.Ordinal);
    }

    /// <summary>Number of clips in the store, those not yet committed included.</summary>
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
        FolderLock own = FolderLock.Take(folder, "feature store");
        AppendLog? index = null;
        AppendLog? data = null;
        try
        {
            if (!FeatureStore.Exists(folder))
            {
                string json = JsonSerializer.Serialize(wanted, TaskGrainJson.Readable);
                AtomicFile.WriteText(Path.Combine(folder, FeatureStoreLayout.HeaderName), json + "\n");
            }

            (FeatureStoreHeader header, List<FeatureEntry> entries, long indexLength) = FeatureStoreLayout.Load(folder);
            RequireSame(folder, header, wanted);
            long numbers = entries.Sum(entry => (long)entry.Steps * source.Dimension);
            index = AppendLog.Open(Path.Combine(folder, FeatureStoreLayout.IndexName), indexLength);
            data = AppendLog.Open(
                Path.Combine(folder, FeatureStoreLayout.DataName),
                numbers * FeatureStoreLayout.SizeOf(type)
            );
            return new FeatureStoreWriter(own, index, data, header, entries.Select(entry => entry.Id));
        }
        catch
        {
            index?.Dispose();
            data?.Dispose();
            own.Dispose();
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

        if (_ids.Contains(entry.Id))
        {
            throw new ArgumentException($"the store has clip '{entry.Id}' already", nameof(entry));
        }

        byte[] bytes = Encode(vectors);
        long offset = _data.Length / FeatureStoreLayout.SizeOf(_header.Type);
        FeatureEntry complete = entry with { Steps = vectors.Steps, Offset = offset };
        complete = complete with { Checksum = FeatureStoreLayout.Checksum(complete, bytes) };
        _data.Append(bytes);
        _uncommitted.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(complete, TaskGrainJson.Strict) + "\n"));
        _ids.Add(entry.Id);
    }

    /// <summary>
    /// Makes everything appended so far part of the store: vectors to the disk first, then their lines of the index.
    /// </summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_uncommitted.Length == 0)
        {
            return;
        }

        _data.Flush();
        _index.Append(_uncommitted.GetBuffer().AsSpan(0, (int)_uncommitted.Length));
        _index.Flush();
        _uncommitted.SetLength(0);
    }

    /// <summary>Commits and closes the store.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        try
        {
            Commit();
        }
        finally
        {
            _disposed = true;
            _index.Dispose();
            _data.Dispose();
            _lock.Dispose();
        }
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
                name is not (FolderLock.FileName or FormerLockName)
                && !name.StartsWith(FeatureStoreLayout.HeaderName, StringComparison.Ordinal)
            );
        if (other is not null)
        {
            throw new TaskGrainException(
                $"{folder} holds other things, such as '{other}', and no feature store; give the features a folder "
                    + $"of their own."
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
