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

    /// <summary>The first bytes of the file.</summary>
    public static ReadOnlySpan<byte> Magic => "TGINDEX1"u8;

    public static string ShardName(int shard) => $"frames-{shard:00000}.bin";

    public static StoreIndex Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        byte[] bytes;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            bytes = new byte[stream.Length];
            bytes = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }

        if (!bytes.AsSpan().StartsWith(Magic))
        {
            throw new TaskGrainException(
                $"{path}: not the index of a frame store; delete the folder and pack the data set again."
            );
        }

        return Parse(bytes);
    }

    private static StoreIndex Parse(byte[] bytes)
    {
        var clips = new List<StoredClip>();
        var damaged = new List<long>();
        int at = Magic.Length;
        int end = at;
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
            }
        }

        return new StoreIndex(clips, damaged, end);
    }
}
