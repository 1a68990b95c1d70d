namespace TaskGrain.Runtime.Storage;

/// <summary>
/// Keeps a folder for one writer at a time. The lock is the open handle of its file <c>.lock</c>, not the file: it ends
/// with the process, however that ends, and a file that lies there locks nothing.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The file's name; it stays when the lock is given up.</summary>
    public const string FileName = ".lock";

    private readonly string _folder;
    private readonly FileStream _handle;

    private FolderLock(string folder, FileStream handle)
    {
        _folder = folder;
        _handle = handle;
    }

    /// <summary>
    /// Takes a folder, makes it when it is missing, and deletes what writers that were killed have left half-written
    /// (<see cref="AtomicFile.DeleteLeftovers"/>).
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="content">What is written there, for the message: <c>frame store</c>.</param>
    /// <returns>The lock; dispose it when everything is written.</returns>
    /// <exception cref="TaskGrainException">
    /// Somebody else has it, or the folder cannot be written; the message says which.
    /// </exception>
    public static FolderLock Take(string folder, string content)
    {
        string full = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(full);
            var handle = new FileStream(
                Path.Combine(full, FileName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0
            );
            try
            {
                AtomicFile.DeleteLeftovers(full);
                return new FolderLock(full, handle);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
        catch (IOException fault) when (IsTaken(fault))
        {
            throw new TaskGrainException(
                $"{folder}: another process is writing this {content}; wait for it to end, or use another folder.",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{folder}: the {content} cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Takes a folder that may be taken already.</summary>
    /// <param name="folder">The folder; made when it is missing.</param>
    /// <param name="content">What is written there, for the message.</param>
    /// <returns>The lock; null while somebody else has it.</returns>
    /// <exception cref="TaskGrainException">The folder cannot be written.</exception>
    public static FolderLock? TryTake(string folder, string content)
    {
        try
        {
            return Take(folder, content);
        }
        catch (TaskGrainException fault) when (fault.InnerException is IOException inner && IsTaken(inner))
        {
            return null;
        }
    }

    /// <summary>Takes a folder as soon as nobody else has it.</summary>
    /// <param name="folder">The folder; made when it is missing.</param>
    /// <param name="content">What is written there, for the message.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The lock.</returns>
    /// <exception cref="TaskGrainException">The folder cannot be written.</exception>
    public static FolderLock Wait(string folder, string content, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(folder, content) is { } taken)
            {
                return taken;
            }

            cancel.WaitHandle.WaitOne(TimeSpan.FromSeconds(0.5));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Gives the folder up; one in which nothing was written goes away.</summary>
    public void ReleaseOrRemove()
    {
        if (Directory.EnumerateFileSystemEntries(_folder).All(path => Path.GetFileName(path) == FileName))
        {
            File.Delete(_handle.Name);
            _handle.Dispose();
            Directory.Delete(_folder);
        }
        else
        {
            Dispose();
        }
    }

    /// <summary>Gives the folder up.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>Whether opening failed because another handle holds the file, and not for the disk's reasons.</summary>
    private static bool IsTaken(IOException fault)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        const int LockViolation = unchecked((int)0x80070021);
        const int WouldBlockLinux = 11;
        const int WouldBlockMac = 35;
        return OperatingSystem.IsWindows()
            ? fault.HResult is SharingViolation or LockViolation
            : fault.HResult == (OperatingSystem.IsMacOS() ? WouldBlockMac : WouldBlockLinux);
    }
}
