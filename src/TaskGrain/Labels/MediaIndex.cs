namespace TaskGrain.Labels;

/// <summary>One clip on disk.</summary>
/// <param name="Path">Relative to the data set's folder, with forward slashes.</param>
/// <param name="Bytes">
/// The file's size; for a folder of frames 1 when it holds a frame and 0 when it holds none.
/// </param>
internal readonly record struct MediaEntry(string Path, long Bytes);

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
        foreach (string folder in folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists))
        {
            foreach (string clip in Directory.EnumerateDirectories(folder))
            {
                index._byId.TryAdd(Path.GetFileName(clip), new MediaEntry(index.Relative(clip), Bytes: -1));
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
            bool any = Directory
                .EnumerateFiles(Path.Combine(_root, entry.Path))
                .Any(file => MediaNames.IsFrame(Path.GetFileName(file)));
            entry = entry with { Bytes = any ? 1 : 0 };
        }

        return true;
    }

    private void AddVideos(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string relative = Relative(folder);
        string prefix = relative == "." ? "" : relative + "/";
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (!MediaNames.IsVideo(file.Name) || SizeOf(file) is not { } bytes)
            {
                continue;
            }

            string id = Path.GetFileNameWithoutExtension(file.Name);
            var entry = new MediaEntry(prefix + file.Name, bytes);
            bool preferred = file.Extension.Equals(".webm", StringComparison.OrdinalIgnoreCase);
            if (!_byId.TryAdd(id, entry) && preferred && _byId[id].Path.StartsWith(prefix, StringComparison.Ordinal))
            {
                _byId[id] = entry;
            }
        }
    }

    /// <summary>The size of the file, or of the file a link points to; null for a link that points nowhere.</summary>
    private static long? SizeOf(FileInfo file)
    {
        if (!file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return file.Length;
        }

        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
            ? target.Length
            : null;
    }

    private string Relative(string path) => Path.GetRelativePath(_root, path).Replace('\\', '/');
}
