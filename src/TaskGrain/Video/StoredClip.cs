using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace TaskGrain.Video;

/// <summary>
/// One record of a store's index. On disk: a 32-bit length, the fields, 32 bits of their XxHash3; all little-endian.
/// </summary>
/// <param name="Id">The clip's name, unique in the store.</param>
/// <param name="Shard">Number of the shard file.</param>
/// <param name="Offset">First byte in the shard.</param>
/// <param name="Length">Bytes in the shard.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Checksum">XxHash3 of the clip's bytes in the shard.</param>
/// <param name="Warning">What was wrong with the video, or null.</param>
internal sealed record StoredClip(
    string Id,
    int Shard,
    long Offset,
    long Length,
    int Frames,
    ulong Checksum,
    string? Warning
)
{
    private const int Frame = 2 * sizeof(uint);
    private const int LargestBody = 1 << 16;

    private bool IsPossible =>
        Id.Length > 0 && Shard >= 0 && Offset >= 0 && Length is >= 0 and <= int.MaxValue && Frames >= 1;

    /// <summary>Appends the record's bytes.</summary>
    public void WriteTo(Stream stream)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Id);
            writer.Write(Shard);
            writer.Write(Offset);
            writer.Write(Length);
            writer.Write(Frames);
            writer.Write(Checksum);
            writer.Write(Warning ?? "");
        }

        ReadOnlySpan<byte> bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(number, bytes.Length);
        stream.Write(number);
        stream.Write(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)XxHash3.HashToUInt64(bytes));
        stream.Write(number);
    }

    /// <summary>Reads the record at the start of the bytes.</summary>
    /// <param name="bytes">From the record's first byte to the end of the index.</param>
    /// <param name="size">Bytes the record takes; where there is none, those that were looked at.</param>
    /// <returns>The record; null when there is none: the bytes end too early, the hash differs, or no clip can
    /// have such numbers.</returns>
    public static StoredClip? TryRead(ReadOnlySpan<byte> bytes, out int size)
    {
        size = 0;
        if (bytes.Length < Frame)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is < 1 or > LargestBody || length > bytes.Length - Frame)
        {
            return null;
        }

        ReadOnlySpan<byte> body = bytes.Slice(sizeof(uint), length);
        size = length + Frame;
        if (
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(uint) + length)..])
            != (uint)XxHash3.HashToUInt64(body)
        )
        {
            return null;
        }

        StoredClip clip;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(body.ToArray()), Encoding.UTF8);
            clip = new StoredClip(
                reader.ReadString(),
                reader.ReadInt32(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt32(),
                reader.ReadUInt64(),
                reader.ReadString()
            );
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentException)
        {
            return null;
        }

        return clip.IsPossible ? clip with { Warning = clip.Warning is { Length: 0 } ? null : clip.Warning } : null;
    }
}
