namespace TaskGrain.Labels;

/// <summary>One clip on disk.</summary>
/// <param name="Path">Relative to the data set's folder, with forward slashes.</param>
/// <param name="Bytes">
/// The file's size; for a folder of frames 1 when it holds a frame and 0 when it holds none.
/// </param>
/// <param name="Fault">Why it cannot be read, as the end of a sentence; null where nothing speaks against it.</param>
internal readonly record struct MediaEntry(string Path, long Bytes, string? Fault = null);

/// <summary>
/// The clips of a data set by id. The folders are listed once: asking the disk for each of 220,000 ids would take
/// longer than reading the annotations.
/// </summary>
internal sealed class MediaIndex
{
    private readonly string _root;
    private readonly bool _frameFolders;
    private readonly Dictionary<string, MediaEntry> _byId = new(StringComparer.Ordinal);

    private MediaIndex(string root, bool frameFolders) => (_root, _frameFolders) = (root, frameFolders);

    /// <summary>Number of clips found.</summary>
    public int Count => _byId.Count;

    /// <summary>
    /// Lists the video files of some folders; where an id is there in several, the first folder wins, and WebM.
    /// </summary>
    public static MediaIndex OfVideos(string root, IEnumerable<string> folders)
    {
        var index = new MediaIndex(root, frameFolders: false);
        foreach (string folder in folders)
        {
            index.AddVideos(Path.Combine(root, folder));
        }

        return index;
    }

    /// <summary>Lists the frame folders within some folders.</summary>
    public static MediaIndex OfFrameFolders(string root, IEnumerable<string> folders)
    {
        var index = new MediaIndex(root, frameFolders: true);
        foreach (string folder in folders.Select(folder => Path.Combine(root, folder)))
        {
            foreach (FolderEntry clip in FolderListing.List(folder, EntryKind.Folder))
            {
                index._byId.TryAdd(clip.Name, new MediaEntry(RelativePath.Of(root, clip.Path), Bytes: -1));
            }
        }

        return index;
    }

    /// <summary>Finds a clip.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="entry">Where it is and how large.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryFind(string id, out MediaEntry entry)
    {
        if (!_byId.TryGetValue(id, out entry))
        {
            return false;
        }

        if (_frameFolders && entry.Bytes < 0)
        {
            string folder = Path.Combine(_root, entry.Path);
            entry =
                FolderListing.HoldsFrames(folder) ? entry with { Bytes = 1 }
                : FolderListing.TryList(folder, out _) is { } fault
                    ? entry with
                    {
                        Bytes = 0,
                        Fault = $"cannot be read: {fault}",
                    }
                : entry with { Bytes = 0 };
        }

        return true;
    }

    private void AddVideos(string folder)
    {
        string relative = RelativePath.Of(_root, folder);
        string prefix = relative == "." ? "" : relative + "/";
        foreach (FolderEntry file in FolderListing.List(folder, EntryKind.File))
        {
            if (!MediaNames.IsVideo(file.Name) || FolderListing.SizeOf(file.Path) is not { } bytes)
            {
                continue;
            }

            string id = Path.GetFileNameWithoutExtension(file.Name);
            bool special = bytes == 0 && RegularFile.IsSpecial(file.Path);
            var entry = new MediaEntry(
                prefix + file.Name,
                bytes,
                special ? "is not a regular file but a pipe, a socket or a device" : null
            );
            bool preferred = Path.GetExtension(file.Name).Equals(".webm", StringComparison.OrdinalIgnoreCase);
            if (!_byId.TryAdd(id, entry) && preferred && _byId[id].Path.StartsWith(prefix, StringComparison.Ordinal))
            {
                _byId[id] = entry;
            }
        }
    }
}
