using Microsoft.Win32.SafeHandles;

namespace TaskGrain.Models.Weights;

/// <summary>A file read at any place.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <exception cref="TaskGrainException">The file cannot be opened.</exception>
    public FileBytes(string path)
    {
        try
        {
            _handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Length = RandomAccess.GetLength(_handle);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            string reason = fault is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file"
                : fault.Message;
            throw new TaskGrainException($"{path} cannot be read: {reason}.", fault);
        }
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Fills a span from a place in the file.</summary>
    /// <exception cref="EndOfStreamException">The file ends before, or does not have the place.</exception>
    public void Read(long offset, Span<byte> to)
    {
        if (offset < 0)
        {
            // Places come from files, whose 64-bit numbers need not be possible.
            throw new EndOfStreamException($"it names byte {offset}, which it does not have");
        }

        while (to.Length > 0)
        {
            int read = RandomAccess.Read(_handle, to, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("the file ends early");
            }

            offset += read;
            to = to[read..];
        }
    }

    /// <summary>Bytes from a place on, or fewer where the file ends.</summary>
    public byte[] Upto(long offset, int count)
    {
        byte[] bytes = new byte[Math.Clamp(Length - offset, 0, count)];
        Read(offset, bytes);
        return bytes;
    }

    public void Dispose() => _handle.Dispose();
}
