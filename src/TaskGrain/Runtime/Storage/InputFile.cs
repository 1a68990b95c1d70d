namespace TaskGrain.Runtime.Storage;

/// <summary>
/// Opens a file that somebody else named. What is no file is refused at once: opening a pipe waits for whoever writes
/// into it, and a device has no end.
/// </summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading. Others may write, replace or delete it meanwhile.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <returns>The stream, at its start, with at least one byte.</returns>
    /// <exception cref="TaskGrainException">
    /// There is none, it is a folder, a pipe, a device or empty, or it may not be read; the message names it.
    /// </exception>
    public static FileStream OpenRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (path.Length == 0)
            {
                throw new TaskGrainException("A file's name is empty.");
            }

            if (Directory.Exists(path))
            {
                throw new TaskGrainException($"{path} is a folder; name a file in it.");
            }

            RegularFile.Require(path);

            // The size of a pipe or a device is 0, as that of an empty file; of a link it is that of its text.
            var file = new FileInfo(path);
            if (((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? file) is { Exists: true, Length: 0 })
            {
                throw new TaskGrainException(
                    $"{path} is empty or not a regular file (a pipe, a device): there is nothing to read in it."
                );
            }

            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                1 << 16
            );
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskGrainException($"{path} cannot be read: there is no such file.", fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new TaskGrainException($"{path} cannot be read: its permissions do not allow it.", fault);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or NotSupportedException)
        {
            throw new TaskGrainException($"{path} cannot be read: {fault.Message.TrimEnd('.')}.", fault);
        }
    }
}
