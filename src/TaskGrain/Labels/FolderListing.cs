using System.IO.Enumeration;

namespace TaskGrain.Labels;

/// <summary>What an entry of a folder is.</summary>
internal enum EntryKind
{
    /// <summary>A file, or a link that does not lead to a folder.</summary>
    File,

    /// <summary>A folder, or a link to one.</summary>
    Folder,

    /// <summary>A folder that a system made; see <see cref="MediaNames.IsSystemFolder"/>.</summary>
    SystemFolder,

    /// <summary>An entry whose name is not UTF-8, so that it cannot be opened under any name .NET can write.</summary>
    Unnameable,
}

/// <summary>An entry of a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its path, as the folder's was given.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct FolderEntry(string Name, string Path, EntryKind Kind);

/// <summary>
/// Lists folders so that no entry, however odd, ends the listing: names that are not UTF-8, links in a circle, closed
/// folders. What systems leave lying about is passed over.
/// </summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>Lists a folder in the order of names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="entries">Its entries; empty when it cannot be listed.</param>
    /// <returns>Null, or why it cannot be listed.</returns>
    public static string? TryList(string folder, out IReadOnlyList<FolderEntry> entries)
    {
        try
        {
            var listing = new FileSystemEnumerable<(string Name, bool IsFolder)>(
                folder,
                (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory),
                Everything
            );
            entries =
            [
                .. listing
                    .Where(entry =>
                        !MediaNames.IsHidden(entry.Name) || (entry.IsFolder && MediaNames.IsSystemFolder(entry.Name))
                    )
                    .Select(entry => Classify(folder, entry.Name, entry.IsFolder))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ];
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            entries = [];
            return fault is UnauthorizedAccessException ? "access to it is denied" : fault.Message.TrimEnd('.');
        }
    }

    /// <summary>The entries of one kind; none when the folder cannot be listed.</summary>
    public static IEnumerable<FolderEntry> List(string folder, EntryKind kind)
    {
        TryList(folder, out IReadOnlyList<FolderEntry> entries);
        return entries.Where(entry => entry.Kind == kind);
    }

    /// <summary>Whether a folder holds a frame directly.</summary>
    public static bool HoldsFrames(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder).Any(file => MediaNames.IsFrame(Path.GetFileName(file)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// The size in bytes of a file, or of the file a link leads to: 0 for pipes and devices. Null for a link that leads
    /// nowhere or in a circle, and for a file that has vanished.
    /// </summary>
    public static long? SizeOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
                    ? target.Length
                    : null;
            }

            return file.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FolderEntry Classify(string folder, string name, bool isFolder)
    {
        string path = Path.Combine(folder, name);

        // Bytes that are no UTF-8 are read as U+FFFD; a name that truly holds that letter is found again.
        EntryKind kind =
            name.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(path) ? EntryKind.Unnameable
            : !isFolder ? EntryKind.File
            : MediaNames.IsSystemFolder(name) ? EntryKind.SystemFolder
            : EntryKind.Folder;
        return new FolderEntry(name, path, kind);
    }
}
