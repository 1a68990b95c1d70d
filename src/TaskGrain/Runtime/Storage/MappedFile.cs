using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace TaskGrain.Runtime.Storage;

/// <summary>A file mapped into memory for reading.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <param name="path">A file that is not empty.</param>
    public MappedFile(string path)
    {
        // Another process may be appending clips to the last shard.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(
            stream,
            mapName: null,
            0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: false
        );
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        SafeMemoryMappedViewHandle handle = _view.SafeMemoryMappedViewHandle;
        handle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>Bytes in the file when it was opened.</summary>
    public long Length { get; }

    /// <summary>A part of the file.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                offset,
                $"{length} bytes from there do not lie within the file's {Length}."
            );
        }

        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
