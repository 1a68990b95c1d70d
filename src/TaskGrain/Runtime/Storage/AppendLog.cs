using Microsoft.Win32.SafeHandles;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// A file that only grows. What was written is at its end or not there at all: a write that fails is taken back, so
/// that the next one does not follow half a record. Whoever reads the file knows by its own means, such as a checksum
/// or an index, where the last whole record ends, and gives that end when it is opened for writing again.
/// </summary>
internal sealed class AppendLog : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private bool _longer;
    private IOException? _lost;

    private AppendLog(string path, SafeFileHandle file, long length)
    {
        _path = path;
        _file = file;
        Length = length;
    }

    /// <summary>Bytes written, those not yet flushed included.</summary>
    public long Length { get; private set; }

    /// <summary>Opens a file or makes it, and cuts off what lies behind its last whole record.</summary>
    /// <param name="path">The file. Others may read it at the same time.</param>
    /// <param name="length">Where its last whole record ends.</param>
    /// <returns>The log.</returns>
    /// <exception cref="TaskGrainException">The file is shorter.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static AppendLog Open(string path, long length)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            long there = RandomAccess.GetLength(file);
            if (there < length)
            {
                throw new TaskGrainException(
                    $"{path}: the file has {there} bytes where {length} were written; copy it completely, or make it "
                        + "again."
                );
            }

            RandomAccess.SetLength(file, length);
            return new AppendLog(path, file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes behind what is there.</summary>
    /// <param name="bytes">One record or several, all of which become part of the file or none.</param>
    /// <exception cref="IOException">The disk is full or gone; the file is as it was before.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Require();
        try
        {
            if (_longer)
            {
                RandomAccess.SetLength(_file, Length);
                _longer = false;
            }

            RandomAccess.Write(_file, bytes, Length);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            // What .NET makes of the system's EFBIG.
            TakeBack();
            throw new IOException($"{_path}: the file has reached the largest size that the system allows.", fault);
        }
        catch
        {
            TakeBack();
            throw;
        }

        Length += bytes.Length;
    }

    /// <summary>Waits until everything written is on the disk and outlives a loss of power.</summary>
    /// <exception cref="IOException">
    /// It cannot be written. What the system has dropped it does not write later, so the log takes nothing more.
    /// </exception>
    public void Flush()
    {
        Require();
        try
        {
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException fault)
        {
            _lost = fault;
            throw;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Require()
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, this);
        if (_lost is not null)
        {
            throw new IOException($"{_path}: an earlier write did not reach the disk: {_lost.Message}", _lost);
        }
    }

    private void TakeBack()
    {
        try
        {
            RandomAccess.SetLength(_file, Length);
        }
        catch (Exception again) when (again is IOException or UnauthorizedAccessException)
        {
            // Tried again before the next write.
            _longer = true;
        }
    }
}
