using System.Text.RegularExpressions;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// Writes whole files: under a temporary name first, then renamed, so that a reader, Ctrl-C or kill -9 finds the
/// old file or the new one and never half of one.
/// </summary>
internal static partial class AtomicFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The file; its folder is made when missing. An existing file is replaced.</param>
    /// <param name="write">Writes the content; when it throws, the old file stays as it was.</param>
    /// <exception cref="IOException">The folder or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Replace(
            path,
            temporary =>
            {
                using var stream = new FileStream(
                    temporary,
                    FileMode.CreateNew,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1 << 16
                );
                write(stream);
                stream.Flush(flushToDisk: true);
            }
        );
    }

    /// <summary>Puts a file that something else writes, such as a program, into its place when it is whole.</summary>
    /// <param name="path">The file; its folder is made when missing. An existing file is replaced.</param>
    /// <param name="make">
    /// Writes the file of the name it is given, in the same folder; when it throws, the old file stays as it was.
    /// </param>
    /// <exception cref="IOException">The folder or the file cannot be written.</exception>
    public static void Replace(string path, Action<string> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = $"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            make(temporary);
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Copies a file.</summary>
    /// <param name="from">The file to copy.</param>
    /// <param name="to">The copy; its folder is made when missing. An existing file is replaced.</param>
    /// <exception cref="IOException">One cannot be read or the other not written.</exception>
    public static void Copy(string from, string to)
    {
        using FileStream source = File.OpenRead(from);
        Write(to, source.CopyTo);
    }

    /// <summary>Deletes what writers that were killed have left in a folder. Nobody may be writing there.</summary>
    /// <param name="folder">The folder. Temporary files of other programs stay.</param>
    public static void DeleteLeftovers(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.tmp").Where(file => Leftover().IsMatch(file)))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="text">The whole content.</param>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    // As Replace names them.
    [GeneratedRegex(@"\.[0-9]+-[0-9a-f]{32}\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex Leftover();
}
