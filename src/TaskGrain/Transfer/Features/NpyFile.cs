using System.Text;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Features;

/// <summary>
/// Writes NumPy's <c>.npy</c> files (format 1.0): a magic text, a header with type and shape, the numbers.
/// </summary>
internal static class NpyFile
{
    private const int Alignment = 64;

    /// <summary>Writes an array.</summary>
    /// <param name="path">The file; an existing one is replaced when the new one is complete.</param>
    /// <param name="type">NumPy's name of the type, such as <c>&lt;f4</c>, <c>&lt;f2</c>, <c>&lt;i8</c>.</param>
    /// <param name="shape">The array's shape.</param>
    /// <param name="chunks">The numbers' bytes, little-endian, row-major, in parts of any length.</param>
    public static void Write(string path, string type, IReadOnlyList<long> shape, IEnumerable<byte[]> chunks)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(chunks);
        AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write(Header(type, shape));
                foreach (byte[] chunk in chunks)
                {
                    stream.Write(chunk);
                }
            }
        );
    }

    private static byte[] Header(string type, IReadOnlyList<long> shape)
    {
        // A tuple of one is written with a comma: (3,).
        string dimensions = shape.Count == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({dimensions}), }}";
        const int Prefix = 10;
        int padded = (Prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        text = text.PadRight(padded - Prefix - 1) + "\n";
        byte[] header = new byte[padded];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1; // version 1.0
        header[7] = 0;
        header[8] = (byte)(text.Length & 0xFF);
        header[9] = (byte)(text.Length >> 8);
        Encoding.ASCII.GetBytes(text, header.AsSpan(Prefix));
        return header;
    }
}
