using System.Buffers.Binary;
using System.Text;

namespace TaskGrain.Models.Weights;

/// <summary>A file in a zip archive that lies there uncompressed.</summary>
/// <param name="Offset">Its first byte in the archive.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Checksum">CRC-32 of its bytes.</param>
internal sealed record ZipEntry(long Offset, long Length, uint Checksum);

/// <summary>
/// The table of contents of a zip archive as PyTorch writes it: stored, neither compressed nor encrypted. So no file
/// in it is larger than the archive, and a zip bomb is refused before anything is read.
/// </summary>
internal static class ZipEntries
{
    private const int MostEntries = 200_000;
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const ushort Zip64Field = 1;

    /// <summary>Reads the table.</summary>
    /// <param name="file">The archive.</param>
    /// <returns>The files by name.</returns>
    /// <exception cref="InvalidDataException">
    /// The archive is damaged or not of this kind; the message says how.
    /// </exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(FileBytes file)
    {
        (long count, long at, long size) = End(file);
        if (
            count > MostEntries
            || size > MostEntries * (long)CentralLength * 4
            || at < 0
            || size < 0
            || at > file.Length - size
        )
        {
            throw new InvalidDataException($"its table of contents announces {count} files in {size} bytes at {at}");
        }

        byte[] table = file.Upto(at, (int)size);
        var entries = new Dictionary<string, ZipEntry>((int)count, StringComparer.Ordinal);
        int place = 0;
        for (long i = 0; i < count; i++)
        {
            place += ReadEntry(file, table.AsSpan(place), entries);
        }

        return entries;
    }

    private static (long Count, long Offset, long Size) End(FileBytes file)
    {
        long from = Math.Max(0, file.Length - EndLength - LongestComment);
        byte[] tail = file.Upto(from, EndLength + LongestComment);
        int end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
        {
            throw new InvalidDataException("its table of contents is missing: the file is truncated");
        }

        ReadOnlySpan<byte> record = tail.AsSpan(end);
        long count = U16(record, 10);
        long size = U32(record, 12);
        long offset = U32(record, 16);
        ReadOnlySpan<byte> locator = end >= 20 ? tail.AsSpan(end - 20, 20) : [];
        if (locator.StartsWith("PK\x06\x07"u8))
        {
            byte[] wide = file.Upto(I64(locator, 8), 56);
            if (wide.Length < 56 || !wide.AsSpan().StartsWith("PK\x06\x06"u8))
            {
                throw new InvalidDataException("its 64-bit table of contents is missing");
            }

            (count, size, offset) = (I64(wide, 32), I64(wide, 40), I64(wide, 48));
        }

        return (count, offset, size);
    }

    private static int ReadEntry(FileBytes file, ReadOnlySpan<byte> table, Dictionary<string, ZipEntry> entries)
    {
        if (table.Length < CentralLength || !table.StartsWith("PK\x01\x02"u8))
        {
            throw new InvalidDataException("its table of contents is damaged");
        }

        int names = U16(table, 28);
        int extra = U16(table, 30);
        int length = CentralLength + names + extra + U16(table, 32);
        if (length > table.Length)
        {
            throw new InvalidDataException("its table of contents is damaged");
        }

        string name = Encoding.UTF8.GetString(table.Slice(CentralLength, names));
        if ((U16(table, 8) & 1) != 0 || U16(table, 10) != 0)
        {
            throw new InvalidDataException(
                $"'{name}' in it is compressed or encrypted, which PyTorch does not do: it is no checkpoint"
            );
        }

        Span<long> numbers = [U32(table, 24), U32(table, 20), U32(table, 42)];
        Widen(table.Slice(CentralLength + names, extra), numbers);
        (long size, long local) = (numbers[0], numbers[2]);
        byte[] head = file.Upto(local < 0 ? file.Length : local, LocalLength);
        if (head.Length < LocalLength || !head.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            throw new InvalidDataException($"'{name}' is not where its table of contents says");
        }

        long data = local + LocalLength + U16(head, 26) + U16(head, 28);
        if (size != numbers[1] || size < 0 || data > file.Length - size)
        {
            throw new InvalidDataException($"'{name}' should have {size} bytes at {data}, and the file ends before");
        }

        if (!entries.TryAdd(name, new ZipEntry(data, size, U32(table, 16))))
        {
            throw new InvalidDataException($"'{name}' is in it twice");
        }

        return length;
    }

    /// <summary>Sizes and places beyond 4 GiB stand in an extra field, those alone that need it.</summary>
    private static void Widen(ReadOnlySpan<byte> extra, Span<long> numbers)
    {
        while (extra.Length >= 4)
        {
            int length = Math.Min(U16(extra, 2), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            if (U16(extra, 0) == Zip64Field)
            {
                for (int i = 0; i < numbers.Length && field.Length >= 8; i++)
                {
                    if (numbers[i] == uint.MaxValue)
                    {
                        numbers[i] = I64(field, 0);
                        field = field[8..];
                    }
                }
            }

            extra = extra[(4 + length)..];
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
