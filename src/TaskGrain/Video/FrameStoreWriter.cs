using System.IO.Hashing;
using System.Text;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Video;

/// <summary>
/// Packs clips into a frame store. A clip counts when <see cref="Commit"/> has written its index record, after its
/// frames are on the disk; a process killed at any moment leaves a store with the clips committed before, and the
/// next writer goes on after them.
/// </summary>
internal sealed class FrameStoreWriter : IDisposable
{
    /// <summary>A shard is closed when it has grown to this size.</summary>
    internal const long DefaultShardSize = 1L << 30;

    private const int LongestId = 1024;
    private const int LongestWarning = 2000;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly long _shardSize;
    private readonly FolderLock _own;
    private readonly AppendLog _index;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<StoredClip> _uncommitted = [];
    private AppendLog _shard;
    private int _shardNumber;
    private bool _disposed;

    private FrameStoreWriter(
        string folder,
        FrameFormat format,
        FrameCompression compression,
        long shardSize,
        FolderLock own
    )
    {
        _folder = folder;
        _shardSize = shardSize;
        _own = own;
        Format = format;
        Compression = compression;
        StoreIndex index = OpenIndex();
        foreach (StoredClip clip in index.Clips)
        {
            _ids.Add(clip.Id);
        }

        // What lies behind the last committed clip was written by an interrupted run.
        _shardNumber = index.Clips.Count == 0 ? 0 : index.Clips.Max(clip => clip.Shard);
        long end = index
            .Clips.Where(clip => clip.Shard == _shardNumber)
            .Select(clip => clip.Offset + clip.Length)
            .DefaultIfEmpty(0)
            .Max();
        _shard = OpenShard(_shardNumber, end);
        try
        {
            _index = AppendLog.Open(Path.Combine(folder, StoreIndex.FileName), index.End);
        }
        catch
        {
            _shard.Dispose();
            throw;
        }
    }

    /// <summary>Size and rate of the frames.</summary>
    public FrameFormat Format { get; }

    /// <summary>How the frames are kept.</summary>
    public FrameCompression Compression { get; }

    /// <summary>Clips in the store, those not yet committed included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ids.Count;
            }
        }
    }

    /// <summary>Opens a store to add clips to it, or makes an empty one.</summary>
    /// <param name="folder">The store's folder; made when missing.</param>
    /// <param name="format">Size and rate of the frames.</param>
    /// <param name="compression">How frames are kept.</param>
    /// <returns>The writer. Only one may be open on a folder.</returns>
    /// <exception cref="TaskGrainException">
    /// The store has another format or compression, or another process is writing to it.
    /// </exception>
    public static FrameStoreWriter OpenOrCreate(string folder, FrameFormat format, FrameCompression compression) =>
        OpenOrCreate(folder, format, compression, DefaultShardSize);

    /// <summary>As above, with the size at which a shard is closed.</summary>
    internal static FrameStoreWriter OpenOrCreate(
        string folder,
        FrameFormat format,
        FrameCompression compression,
        long shardSize
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(compression);
        format.Validate();
        compression.Validate();
        FolderLock own = FolderLock.Take(folder, "frame store");
        try
        {
            if (StoreManifest.Exists(folder))
            {
                Compare(folder, StoreManifest.Load(folder), format, compression);
            }
            else
            {
                StoreManifest.Of(format, compression).Save(folder);
            }

            return new FrameStoreWriter(folder, format, compression, shardSize, own);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Whether the store has the clip, committed or not.</summary>
    /// <param name="id">The clip's name.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(string id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }

    /// <summary>Adds a clip. Safe from several threads; the order of the calls is the order in the store.</summary>
    /// <param name="id">The clip's name, new in this store, at most 1,024 bytes in UTF-8.</param>
    /// <param name="frames">Its frames, in the store's format.</param>
    /// <exception cref="TaskGrainException">
    /// The name is there already or too long, or the frames have another format.
    /// </exception>
    public void Append(string id, VideoFrames frames) => Append(Encode(id, frames));

    /// <summary>
    /// Compresses a clip without adding it: the part of <see cref="Append(string, VideoFrames)"/> that threads can
    /// share.
    /// </summary>
    internal EncodedClip Encode(string id, VideoFrames frames)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(frames);
        if (Encoding.UTF8.GetByteCount(id) > LongestId)
        {
            throw new TaskGrainException($"The clip name '{id[..40]}…' is longer than {LongestId} bytes.");
        }

        if (frames.Format != Format)
        {
            throw new TaskGrainException($"Clip '{id}' is {frames.Format}, the store {_folder} holds {Format}.");
        }

        ReadOnlyMemory<byte> bytes = Compression.JpegQuality is { } quality
            ? JpegFrames.Encode(frames, quality)
            : frames.Pixels;
        string? warning = frames.Warning is { Length: > LongestWarning } text ? text[..LongestWarning] : frames.Warning;
        return new EncodedClip(id, bytes, frames.Count, XxHash3.HashToUInt64(bytes.Span), warning);
    }

    /// <summary>Adds a compressed clip.</summary>
    internal void Append(EncodedClip clip)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_ids.Contains(clip.Id))
            {
                throw new TaskGrainException($"{_folder}: the store already has a clip '{clip.Id}'.");
            }

            if (_shard.Length > 0 && _shard.Length + clip.Bytes.Length > _shardSize)
            {
                _shard.Flush();
                AppendLog next = OpenShard(_shardNumber + 1, 0);
                _shard.Dispose();
                _shard = next;
                _shardNumber++;
            }

            long offset = _shard.Length;
            _shard.Append(clip.Bytes.Span);
            _ids.Add(clip.Id);
            _uncommitted.Add(
                new StoredClip(
                    clip.Id,
                    _shardNumber,
                    offset,
                    clip.Bytes.Length,
                    clip.Frames,
                    clip.Checksum,
                    clip.Warning
                )
            );
        }
    }

    /// <summary>
    /// Makes everything appended so far part of the store: frames to the disk first, then their index records.
    /// </summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Commit()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_uncommitted.Count == 0)
            {
                return;
            }

            _shard.Flush();
            using var records = new MemoryStream();
            foreach (StoredClip clip in _uncommitted)
            {
                clip.WriteTo(records);
            }

            _index.Append(records.GetBuffer().AsSpan(0, (int)records.Length));
            _index.Flush();
            _uncommitted.Clear();
        }
    }

    /// <summary>Commits and closes the store.</summary>
    public void Dispose()
    {
        lock (_lock)
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
                _shard.Dispose();
                _index.Dispose();
                _own.Dispose();
            }
        }
    }

    private static void Compare(string folder, StoreManifest there, FrameFormat format, FrameCompression compression)
    {
        if (there.Format != format || there.Compression != compression)
        {
            throw new TaskGrainException(
                $"{folder}: the store holds {there.Compression} of {there.Format}, not {compression} of {format}; "
                    + $"use the same settings or another folder."
            );
        }
    }

    private StoreIndex OpenIndex()
    {
        string path = Path.Combine(_folder, StoreIndex.FileName);
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, stream => stream.Write(StoreIndex.Magic));
        }

        return StoreIndex.Load(_folder);
    }

    private AppendLog OpenShard(int number, long length) =>
        AppendLog.Open(Path.Combine(_folder, StoreIndex.ShardName(number)), length);
}
