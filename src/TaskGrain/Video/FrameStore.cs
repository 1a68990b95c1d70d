using System.IO.Hashing;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Video;

/// <summary>
/// Packed videos, memory-mapped: frames of every clip at one size and rate, with an index and a checksum a clip.
/// Reading is safe from any number of threads, and while another process appends (its clips show on the next open).
/// The file format is described in <c>docs/store.md</c>.
/// </summary>
public sealed class FrameStore : IDisposable
{
    private readonly IReadOnlyList<StoredClip> _clips;
    private readonly IReadOnlyList<long> _damagedIndex;
    private readonly Dictionary<string, int> _byId;
    private readonly Dictionary<int, MappedFile> _shards = [];

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
            store.MapShards();
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
    public void ReadFrames(int index, ReadOnlySpan<int> frames, PixelRectangle crop, Span<byte> destination)
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

        ReadOnlySpan<byte> bytes = Bytes(clip);
        for (int i = 0; i < frames.Length; i++)
        {
            int frame = frames[i];
            if ((uint)frame >= (uint)clip.Frames)
            {
                throw new ArgumentException(
                    $"Clip '{clip.Id}' has {clip.Frames} frames, there is none number {frame}.",
                    nameof(frames)
                );
            }

            Span<byte> to = destination.Slice(i * size, size);
            if (i > 0 && frame == frames[i - 1])
            {
                destination.Slice((i - 1) * size, size).CopyTo(to);
            }
            else if (Compression.JpegQuality is null)
            {
                CopyRows(bytes.Slice(frame * Format.BytesPerFrame, Format.BytesPerFrame), crop, to);
            }
            else if (!JpegFrames.TryDecode(bytes, clip.Frames, frame, Format, crop, to))
            {
                throw new TaskGrainException(
                    $"{ShardPath(clip.Shard)}: frame {frame} of clip '{clip.Id}' is damaged (byte {clip.Offset} and "
                        + $"following); delete the store and pack the data set again."
                );
            }
        }
    }

    /// <summary>Reads a whole clip.</summary>
    /// <param name="index">The clip's number.</param>
    /// <returns>All of its frames.</returns>
    /// <exception cref="TaskGrainException">The clip's JPEG frames are damaged.</exception>
    public VideoFrames Read(int index)
    {
        byte[] pixels = new byte[FrameCount(index) * Format.BytesPerFrame];
        int[] frames = [.. Enumerable.Range(0, FrameCount(index))];
        ReadFrames(index, frames, new PixelRectangle(0, 0, Format.Width, Format.Height), pixels);
        return new VideoFrames(Format, pixels, Warning(index));
    }

    /// <summary>Reads everything once and compares the checksums.</summary>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops the check.</param>
    /// <returns>All damage found, in the store's order; empty for a sound store.</returns>
    public IReadOnlyList<StoreProblem> Verify(
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
            if (XxHash3.HashToUInt64(Bytes(clip)) != clip.Checksum)
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

    /// <summary>Unmaps the files.</summary>
    public void Dispose()
    {
        foreach (MappedFile shard in _shards.Values)
        {
            shard.Dispose();
        }

        _shards.Clear();
    }

    private void CopyRows(ReadOnlySpan<byte> frame, PixelRectangle crop, Span<byte> to)
    {
        int row = crop.Width * 3;
        int from = ((crop.Y * Format.Width) + crop.X) * 3;
        for (int at = 0; at < to.Length; at += row)
        {
            frame.Slice(from, row).CopyTo(to.Slice(at, row));
            from += Format.Width * 3;
        }
    }

    private ReadOnlySpan<byte> Bytes(StoredClip clip) =>
        _shards.TryGetValue(clip.Shard, out MappedFile? shard)
            ? shard.Slice(clip.Offset, (int)clip.Length)
            : throw new ObjectDisposedException(nameof(FrameStore));

    private void MapShards()
    {
        foreach (StoredClip clip in _clips)
        {
            if (!_shards.TryGetValue(clip.Shard, out MappedFile? shard))
            {
                string path = ShardPath(clip.Shard);
                if (!File.Exists(path) || new FileInfo(path).Length == 0)
                {
                    throw new TaskGrainException(
                        $"{path}: this part of the frame store is missing; copy the store completely or pack the "
                            + $"data set again."
                    );
                }

                shard = new MappedFile(path);
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

            if (clip.Offset + clip.Length > shard.Length)
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
