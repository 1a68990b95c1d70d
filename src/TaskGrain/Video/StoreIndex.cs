namespace TaskGrain.Video;

/// <summary>
/// <c>index.bin</c>: eight bytes that name the format, then one <see cref="StoredClip"/> after another, only ever
/// appended. A clip is in the store when its record is whole, so a kill in the middle of a write costs at most what
/// was not yet committed.
/// </summary>
/// <param name="Clips">The whole records, in order.</param>
/// <param name="Damaged">
/// Positions of bytes between whole records that are none themselves: the index was damaged there.
/// </param>
/// <param name="End">End of the last whole record; anything after it is the rest of an interrupted write.</param>
internal sealed record StoreIndex(IReadOnlyList<StoredClip> Clips, IReadOnlyList<long> Damaged, long End)
{
    public const string FileName = "index.bin";

    /// <summary>
    /// Bytes that may be hashed in the search for whole records behind damaged ones. A damaged record asks for some
    /// tens of thousands; a file made for it could ask for 65,536 at each of its bytes.
    /// </summary>
    private const long MostSearched = 1L << 30;

    /// <summary>The first bytes of the file.</summary>
    public static ReadOnlySpan<byte> Magic => "TGINDEX1"u8;

    public static string ShardName(int shard) => $"frames-{shard:00000}.bin";

    public static StoreIndex Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        byte[] bytes;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            if (stream.Length > Array.MaxLength)
            {
                throw new TaskGrainException($"{path}: has {stream.Length} bytes; an index of at most 2 GiB is read.");
            }

            bytes = new byte[stream.Length];
            bytes = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }

        if (!bytes.AsSpan().StartsWith(Magic))
        {
            throw new TaskGrainException(
                $"{path}: not the index of a frame store; delete the folder and pack the data set again."
            );
        }

        return Parse(bytes, path);
    }

    private static StoreIndex Parse(byte[] bytes, string path)
    {
        var clips = new List<StoredClip>();
        var damaged = new List<long>();
        int at = Magic.Length;
        int end = at;
        long searched = 0;
        while (at < bytes.Length)
        {
            if (StoredClip.TryRead(bytes.AsSpan(at), out int size) is { } clip)
            {
                if (at > end)
                {
                    damaged.Add(end);
                }

                clips.Add(clip);
                at += size;
                end = at;
            }
            else
            {
                // Either the torn end of an interrupted write or a damaged record: look for the next whole one.
                at++;
                searched += size;
                if (searched > MostSearched)
                {
                    throw new TaskGrainException(
                        $"{path}: damaged in too many places; delete the folder and pack the data set again."
                    );
                }
            }
        }

        return new StoreIndex(clips, damaged, end);
    }
}
