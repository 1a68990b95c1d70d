using System.Buffers;
using System.IO.Hashing;
using System.Text;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Video;

/// <summary>
/// Packed videos: frames of every clip at one size and rate, with an index and a checksum a clip.
/// Reading is safe from any number of threads, and while another process appends (its clips show on the next open).
/// The file format is described in <c>docs/store.md</c>.
/// </summary>
public sealed class FrameStore : IClipFrames, IDisposable
{
    private readonly IReadOnlyList<StoredClip> _clips;
    private readonly IReadOnlyList<long> _damagedIndex;
    private readonly Dictionary<string, int> _byId;
    private readonly Dictionary<int, StoredFile> _shards = [];

    private FrameStore(string folder, StoreManifest manifest, StoreIndex index)
    {
        Folder = folder;
        Format = manifest.Format;
        Compression = manifest.Compression;
        _clips = index.Clips;
        _damagedIndex = index.Damaged;
        _byId = new Dictionary<string, int>(_clips.Count, StringComparer.Ordinal);
        string[] ids = new string[_clips.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = _clips[i].Id;
            _byId.TryAdd(ids[i], i);
        }

        Ids = ids;
    }

    /// <summary>The folder the store lies in.</summary>
    public string Folder { get; }

    /// <summary>Size and rate of all frames.</summary>
    public FrameFormat Format { get; }

    /// <summary>How the frames are kept.</summary>
    public FrameCompression Compression { get; }

    /// <summary>Number of clips.</summary>
    public int Count => _clips.Count;

    /// <summary>The clips' names, in the order they were packed in.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="folder">A folder made by <see cref="FrameStoreWriter"/> or <c>taskgrain pack</c>.</param>
    /// <returns>The store.</returns>
    /// <exception cref="TaskGrainException">
    /// There is no store, or a file of it is missing, cut short or not one.
    /// </exception>
    public static FrameStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!StoreManifest.Exists(folder) || !File.Exists(Path.Combine(folder, StoreIndex.FileName)))
        {
            throw new TaskGrainException($"{folder}: there is no frame store here; pack a data set into it first.");
        }

        var store = new FrameStore(folder, StoreManifest.Load(folder), StoreIndex.Load(folder));
        try
        {
            store.OpenShards();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Finds a clip by its name.</summary>
    /// <param name="id">The clip's name.</param>
    /// <param name="index">Its number, 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether the store has it.</returns>
    public bool TryIndexOf(string id, out int index) => _byId.TryGetValue(id, out index);

    /// <summary>Number of frames of a clip, at least 1.</summary>
    /// <param name="index">The clip's number.</param>
    /// <returns>The number of frames.</returns>
    public int FrameCount(int index) => _clips[index].Frames;

    /// <summary>
    /// What was wrong with a clip's video when it was packed, such as a truncated file; null when nothing was.
    /// </summary>
    /// <param name="index">The clip's number.</param>
    /// <returns>The warning.</returns>
    public string? Warning(int index) => _clips[index].Warning;

    /// <summary>Reads a part of some frames of a clip.</summary>
    /// <param name="index">The clip's number.</param>
    /// <param name="frames">Frame numbers, in the order they are wanted; a frame may repeat.</param>
    /// <param name="crop">The part, within the frame.</param>
    /// <param name="destination">Receives (frames.Length, crop.Height, crop.Width, 3), RGB.</param>
    /// <exception cref="ArgumentException">
    /// A frame or the crop does not exist, or <paramref name="destination"/> has another size.
    /// </exception>
    /// <exception cref="TaskGrainException">The clip's JPEG frames are damaged.</exception>
    internal void ReadFrames(int index, ReadOnlySpan<int> frames, PixelRectangle crop, Span<byte> destination)
    {
        StoredClip clip = _clips[index];
        if (!crop.FitsInto(Format.Width, Format.Height))
        {
            throw new ArgumentException(
                $"{crop} does not lie within frames of {Format.Width}×{Format.Height}.",
                nameof(crop)
            );
        }

        int size = crop.Width * crop.Height * 3;
        if (destination.Length != (long)size * frames.Length)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} bytes, not {(long)size * frames.Length}.",
                nameof(destination)
            );
        }

        foreach (int frame in frames)
        {
            if ((uint)frame >= (uint)clip.Frames)
            {
                throw new ArgumentException(
                    $"Clip '{clip.Id}' has {clip.Frames} frames, there is none number {frame}.",
                    nameof(frames)
                );
            }
        }

        // Raw: the rows of one frame that the crop touches. JPEG: the clip, as its table of frames is at its head.
        int rows = crop.Height * Format.Width * 3;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Compression.JpegQuality is null ? rows : (int)clip.Length);
        try
        {
            StoredFile shard = Shard(clip);
            if (Compression.JpegQuality is not null)
            {
                shard.Read(clip.Offset, buffer.AsSpan(0, (int)clip.Length));
            }

            for (int i = 0; i < frames.Length; i++)
            {
                int frame = frames[i];
                Span<byte> to = destination.Slice(i * size, size);
                if (i > 0 && frame == frames[i - 1])
                {
                    destination.Slice((i - 1) * size, size).CopyTo(to);
                }
                else if (Compression.JpegQuality is null)
                {
                    long first = clip.Offset + ((long)frame * Format.BytesPerFrame) + (crop.Y * Format.Width * 3L);
                    if (crop.Width == Format.Width)
                    {
                        shard.Read(first, to);
                    }
                    else
                    {
                        shard.Read(first, buffer.AsSpan(0, rows));
                        CopyColumns(buffer, crop, to);
                    }
                }
                else if (
                    !JpegFrames.TryDecode(buffer.AsSpan(0, (int)clip.Length), clip.Frames, frame, Format, crop, to)
                )
                {
                    throw new TaskGrainException(
                        $"{shard.Path}: frame {frame} of clip '{clip.Id}' is damaged (byte {clip.Offset} and "
                            + $"following); delete the store and pack the data set again."
                    );
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    void IClipFrames.ReadFrames(int index, ReadOnlySpan<int> frames, PixelRectangle crop, Span<byte> destination) =>
        ReadFrames(index, frames, crop, destination);

    /// <summary>Reads a whole clip.</summary>
    /// <param name="index">The clip's number.</param>
    /// <returns>All of its frames.</returns>
    /// <exception cref="TaskGrainException">The clip's JPEG frames are damaged.</exception>
    public VideoFrames Read(int index)
    {
        long size = (long)FrameCount(index) * Format.BytesPerFrame;
        if (size > Array.MaxLength)
        {
            throw new TaskGrainException(
                $"{Folder}: clip '{Ids[index]}' has {FrameCount(index)} frames of {Format}, more than can be read at "
                    + "once; read a part of its frames."
            );
        }

        byte[] pixels = new byte[size];
        int[] frames = [.. Enumerable.Range(0, FrameCount(index))];
        ReadFrames(index, frames, new PixelRectangle(0, 0, Format.Width, Format.Height), pixels);
        return new VideoFrames(Format, pixels, Warning(index));
    }

    /// <summary>A clip as it lies in the store.</summary>
    /// <param name="index">The clip's number.</param>
    /// <exception cref="TaskGrainException">Its bytes do not match their checksum.</exception>
    internal EncodedClip ReadEncoded(int index)
    {
        StoredClip clip = _clips[index];
        byte[] bytes = new byte[clip.Length];
        Shard(clip).Read(clip.Offset, bytes);
        return XxHash3.HashToUInt64(bytes) == clip.Checksum
            ? new EncodedClip(clip.Id, bytes, clip.Frames, clip.Checksum, clip.Warning)
            : throw new TaskGrainException(
                $"{ShardPath(clip.Shard)}: clip '{clip.Id}' is damaged: its bytes do not match their checksum; make "
                    + "the store again."
            );
    }

    /// <summary>Reads everything once and compares the checksums.</summary>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops the check.</param>
    /// <returns>All damage found, in the store's order; empty for a sound store.</returns>
    internal IReadOnlyList<StoreProblem> Verify(
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var problems = new List<StoreProblem>();
        foreach (long position in _damagedIndex)
        {
            problems.Add(
                new StoreProblem(
                    null,
                    $"{Path.Combine(Folder, StoreIndex.FileName)}: damaged at byte {position}; a clip is missing "
                        + $"there, packing again adds it"
                )
            );
        }

        var meter = new RateMeter();
        for (int i = 0; i < _clips.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            StoredClip clip = _clips[i];
            if (Checksum(clip) != clip.Checksum)
            {
                problems.Add(
                    new StoreProblem(
                        clip.Id,
                        $"clip '{clip.Id}' is damaged: {ShardPath(clip.Shard)}, bytes {clip.Offset} to "
                            + $"{clip.Offset + clip.Length - 1}, do not match their checksum"
                    )
                );
            }

            progress?.Report(new WorkProgress("verifying", i + 1, _clips.Count, "clips", meter.Add(1)));
        }

        return problems;
    }

    /// <summary>
    /// A hash of what the store holds: format, ids, frames and their checksums as the index has them, in any order of
    /// packing. Stores with the same clips in the same compression have the same.
    /// </summary>
    /// <returns>16 hexadecimal digits.</returns>
    internal string ContentHash()
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes($"{Format} {Compression}\n"));
        foreach (StoredClip clip in _clips.OrderBy(clip => clip.Id, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{clip.Id}\n{clip.Frames} {clip.Checksum:x16}\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (StoredFile shard in _shards.Values)
        {
            shard.Dispose();
        }

        _shards.Clear();
    }

    /// <summary>The columns of the crop out of its rows.</summary>
    private void CopyColumns(ReadOnlySpan<byte> rows, PixelRectangle crop, Span<byte> to)
    {
        int row = crop.Width * 3;
        int from = crop.X * 3;
        for (int at = 0; at < to.Length; at += row)
        {
            rows.Slice(from, row).CopyTo(to.Slice(at, row));
            from += Format.Width * 3;
        }
    }

    private ulong Checksum(StoredClip clip)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)clip.Length);
        try
        {
            Span<byte> content = bytes.AsSpan(0, (int)clip.Length);
            Shard(clip).Read(clip.Offset, content);
            return XxHash3.HashToUInt64(content);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private StoredFile Shard(StoredClip clip) =>
        _shards.TryGetValue(clip.Shard, out StoredFile? shard)
            ? shard
            : throw new ObjectDisposedException(nameof(FrameStore));

    private void OpenShards()
    {
        foreach (StoredClip clip in _clips)
        {
            if (!_shards.TryGetValue(clip.Shard, out StoredFile? shard))
            {
                string path = ShardPath(clip.Shard);
                if (!File.Exists(path) || new FileInfo(path).Length == 0)
                {
                    throw new TaskGrainException(
                        $"{path}: this part of the frame store is missing; copy the store completely or pack the "
                            + $"data set again."
                    );
                }

                shard = new StoredFile(path);
                _shards.Add(clip.Shard, shard);
            }

            if (Compression.JpegQuality is null && clip.Length != (long)clip.Frames * Format.BytesPerFrame)
            {
                throw new TaskGrainException(
                    $"{Path.Combine(Folder, StoreManifest.FileName)}: says raw frames of {Format}, but clip "
                        + $"'{clip.Id}' has {clip.Length} bytes for {clip.Frames} frames; restore the file or pack "
                        + $"the data set again."
                );
            }

            if (Compression.JpegQuality is not null && !JpegFrames.CanHold(clip.Length, clip.Frames))
            {
                throw new TaskGrainException(
                    $"{Path.Combine(Folder, StoreIndex.FileName)}: clip '{clip.Id}' cannot have {clip.Frames} frames "
                        + $"in {clip.Length} bytes; copy the store completely or pack the data set again."
                );
            }

            if (clip.Length > shard.Length - clip.Offset)
            {
                throw new TaskGrainException(
                    $"{ShardPath(clip.Shard)}: the file ends at byte {shard.Length}, but clip '{clip.Id}' reaches "
                        + $"to {clip.Offset + clip.Length}; copy the store completely or pack the data set again."
                );
            }
        }
    }

    private string ShardPath(int shard) => Path.Combine(Folder, StoreIndex.ShardName(shard));
}
