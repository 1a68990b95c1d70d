using System.Text;

namespace TaskGrain;

/// <summary>
/// The one door for text, JSON and CSV that people bring: UTF-8 with or without a byte order mark, or UTF-16 with one,
/// as editors and spreadsheets on Windows write it.
/// </summary>
internal static class TextFile
{
    private const int LongestMark = 3;

    /// <summary>Opens a file as UTF-8 without a mark, for reading from its beginning to its end.</summary>
    /// <param name="path">The file.</param>
    /// <returns>
    /// A stream that cannot seek; bytes of a UTF-8 file come as they are, also where they are no UTF-8.
    /// </returns>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Stream OpenUtf8(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        try
        {
            Span<byte> start = stackalloc byte[LongestMark];
            start = start[..file.ReadAtLeast(start, LongestMark, throwOnEndOfStream: false)];
            Encoding? wide =
                start.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
                : start.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
                : null;
            file.Position =
                wide is not null ? wide.Preamble.Length
                : start.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length
                : 0;
            return wide is null ? file : Encoding.CreateTranscodingStream(file, wide, new UTF8Encoding(false));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole file as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static byte[] ReadUtf8(string path)
    {
        using Stream stream = OpenUtf8(path);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Reads a file line by line; what is no text becomes U+FFFD.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lines without their ends.</returns>
    /// <exception cref="IOException">While enumerating: the file is missing or cannot be read.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(OpenUtf8(path), new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
