namespace TaskGrain.Labels;

/// <summary>A clip in a class folder.</summary>
/// <param name="Path">Relative to the folder of classes, with forward slashes.</param>
/// <param name="Class">Index into the classes.</param>
/// <param name="Split">The split whose folder it lies in; null where the folder has no such level.</param>
internal readonly record struct FoundClip(string Path, int Class, Split? Split);

/// <summary>
/// Looks over a folder of clips with one subfolder a class: <c>pouring/a.mp4</c>, or with a level for the splits,
/// <c>train/pouring/a.mp4</c>. A clip is a video file or a folder of frames. Everything that reads such folders goes
/// through here, so that one set of rules says what is a clip, a class and a split. Nothing is opened.
/// </summary>
internal sealed class ClassFolderScan
{
    private readonly string _folder;
    private readonly DataSetBuilder _builder;
    private readonly List<(string ClassFolder, Split? Split, string Path)> _found = [];
    private readonly List<string> _classFolders = [];

    private ClassFolderScan(string folder, DataSetBuilder builder) => (_folder, _builder) = (folder, builder);

    /// <summary>
    /// The classes in alphabetical order, also those without a clip, but none whose folder is closed. Folders whose
    /// names differ only as <see cref="Taxonomy.Key"/> overlooks are one class.
    /// </summary>
    public IReadOnlyList<string> Classes { get; private set; } = [];

    /// <summary>The clips, folder by folder in alphabetical order.</summary>
    public IReadOnlyList<FoundClip> Clips { get; private set; } = [];

    /// <summary>Whether the folder has a level for the splits.</summary>
    public bool Divided { get; private set; }

    /// <summary>Looks a folder over.</summary>
    /// <param name="folder">Its absolute path.</param>
    /// <param name="builder">Takes the problems and counts what is left out.</param>
    /// <param name="cancellation">Stops the scan.</param>
    /// <exception cref="TaskGrainException">The folder itself cannot be listed.</exception>
    public static ClassFolderScan Run(string folder, DataSetBuilder builder, CancellationToken cancellation)
    {
        var scan = new ClassFolderScan(folder, builder);
        scan.Run(cancellation);
        return scan;
    }

    private void Run(CancellationToken cancellation)
    {
        if (FolderListing.TryList(_folder, out IReadOnlyList<FolderEntry> entries) is { } fault)
        {
            throw new TaskGrainException($"{_folder}: the folder cannot be read: {fault}.");
        }

        FolderEntry[] top = Subfolders(entries, "");
        ReportLooseFiles(entries, "");
        Divided = Array.Exists(top, IsSplitOfClasses);
        foreach (FolderEntry child in top)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Divided)
            {
                AddClass(child, child.Name, null);
            }
            else if (SplitNames.TryParse(child.Name, out Split split))
            {
                AddSplit(child, split, cancellation);
            }
            else
            {
                _builder.Report(
                    DataProblemKind.StrayFile,
                    child.Name,
                    "the folder stands beside train/ or its sisters and is none of them.",
                    "Name it train, validation or test, or move it away."
                );
            }
        }

        NameClasses();
    }

    /// <summary>
    /// A folder called <c>train</c> whose clips lie directly in it is a class of toy trains; one with class folders in
    /// it is a split.
    /// </summary>
    private static bool IsSplitOfClasses(FolderEntry folder) =>
        SplitNames.TryParse(folder.Name, out _)
        && FolderListing.List(folder.Path, EntryKind.Folder).Any(child => HoldsClips(child.Path));

    private static bool HoldsClips(string classFolder) =>
        FolderListing.List(classFolder, EntryKind.File).Any(file => MediaNames.IsVideo(file.Name))
        || FolderListing.List(classFolder, EntryKind.Folder).Any(clip => FolderListing.HoldsFrames(clip.Path));

    private void AddSplit(FolderEntry folder, Split split, CancellationToken cancellation)
    {
        if (ListOrLeaveOut(folder.Path, folder.Name) is not { } entries)
        {
            return;
        }

        ReportLooseFiles(entries, folder.Name + "/");
        foreach (FolderEntry classFolder in Subfolders(entries, folder.Name + "/"))
        {
            cancellation.ThrowIfCancellationRequested();
            AddClass(classFolder, $"{folder.Name}/{classFolder.Name}", split);
        }
    }

    private void AddClass(FolderEntry classFolder, string relative, Split? split)
    {
        int before = _found.Count + _builder.LeftOut;
        if (ListOrLeaveOut(classFolder.Path, relative) is not { } entries)
        {
            return;
        }

        _classFolders.Add(classFolder.Name);
        foreach (FolderEntry file in entries.Where(entry => entry.Kind == EntryKind.File))
        {
            if (IsClip(file, $"{relative}/{file.Name}"))
            {
                _found.Add((classFolder.Name, split, $"{relative}/{file.Name}"));
            }
        }

        foreach (FolderEntry clip in Subfolders(entries, relative + "/"))
        {
            string name = $"{relative}/{clip.Name}";
            if (FolderListing.HoldsFrames(clip.Path))
            {
                _found.Add((classFolder.Name, split, name));
            }
            else if (ListOrLeaveOut(clip.Path, name) is not null)
            {
                _builder.Report(
                    DataProblemKind.StrayFile,
                    name,
                    "the folder is not a clip: it holds no JPEG or PNG frame.",
                    "Put video files directly into their class's folder, and frames into one folder a clip."
                );
            }
        }

        if (_found.Count + _builder.LeftOut == before)
        {
            _builder.Report(
                DataProblemKind.ClassBalance,
                relative,
                "the class folder holds no clip.",
                $"Add clips ({MediaNames.VideoExtensionList}), or remove the folder."
            );
        }
    }

    private bool IsClip(FolderEntry file, string relative)
    {
        if (!MediaNames.IsVideo(file.Name))
        {
            _builder.Report(
                DataProblemKind.StrayFile,
                relative,
                "the file is not a video by its ending.",
                $"Move it away; if it is a video, rename it to one of {MediaNames.VideoExtensionList}."
            );
            return false;
        }

        long? bytes = FolderListing.SizeOf(file.Path);
        if (bytes is null)
        {
            LeaveOut(DataProblemKind.MissingMedia, relative, "the link leads to no file.", "Mend or remove the link.");
        }
        else if (bytes == 0 && RegularFile.IsSpecial(file.Path))
        {
            LeaveOut(
                DataProblemKind.UnreadableMedia,
                relative,
                "not a regular file but a pipe, a socket or a device.",
                "Put the clip itself here, or remove this."
            );
        }
        else if (bytes == 0)
        {
            LeaveOut(
                DataProblemKind.EmptyMedia,
                relative,
                "the file is empty.",
                "Copy the clip again, or remove the file."
            );
        }

        return bytes > 0;
    }

    /// <summary>Folders that differ in what nobody reads as a difference are one class.</summary>
    private void NameClasses()
    {
        var spellings = _classFolders
            .Distinct(StringComparer.Ordinal)
            .GroupBy(Taxonomy.Key, StringComparer.Ordinal)
            .Select(same => (Name: ClassName(same.Min(StringComparer.Ordinal)!), Folders: same.ToArray()))
            .OrderBy(same => same.Name, StringComparer.Ordinal)
            .ToArray();
        Classes = [.. spellings.Select(same => same.Name)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < spellings.Length; i++)
        {
            foreach (string name in spellings[i].Folders)
            {
                numbers[name] = i;
            }

            if (spellings[i].Folders.Length > 1)
            {
                string names = string.Join(" and ", spellings[i].Folders.Order(StringComparer.Ordinal).Select(Shown));
                _builder.Report(
                    DataProblemKind.ClassName,
                    spellings[i].Folders.Min(StringComparer.Ordinal)!,
                    $"the class folders {names} differ in case, blanks or the coding of letters alone; they are read "
                        + $"as one class, '{spellings[i].Name}'.",
                    "Give the folders one name if they are one class, or clearly different ones if they are not."
                );
            }
        }

        Clips = [.. _found.Select(clip => new FoundClip(clip.Path, numbers[clip.ClassFolder], clip.Split))];
    }

    /// <summary>The class that a folder stands for: blanks at the ends of its name mean nothing.</summary>
    private static string ClassName(string folder) =>
        ComposedLetters.Join(folder).Trim() is { Length: > 0 } name ? name : folder;

    /// <summary>A name in quotes; where a letter is put together from several codes, that is said.</summary>
    private static string Shown(string name) =>
        ComposedLetters.Join(name) == name ? $"'{name}'" : $"'{name}' (letters and accents coded apart)";

    /// <summary>The entries of a folder; null for one that cannot be read, which is left out.</summary>
    private IReadOnlyList<FolderEntry>? ListOrLeaveOut(string path, string relative)
    {
        if (FolderListing.TryList(path, out IReadOnlyList<FolderEntry> entries) is { } fault)
        {
            LeaveOut(
                DataProblemKind.ClosedFolder,
                relative,
                $"the folder cannot be read: {fault}.",
                "Open it to this user, or move it away."
            );
            return null;
        }

        return entries;
    }

    private FolderEntry[] Subfolders(IReadOnlyList<FolderEntry> entries, string prefix)
    {
        foreach (FolderEntry entry in entries)
        {
            if (entry.Kind == EntryKind.SystemFolder)
            {
                _builder.Report(
                    DataProblemKind.SystemFolder,
                    prefix + entry.Name,
                    "the folder is one that systems make; it is passed over.",
                    "Nothing needs to be done."
                );
            }
            else if (entry.Kind == EntryKind.Unnameable)
            {
                LeaveOut(
                    DataProblemKind.BadName,
                    prefix + entry.Name,
                    "the name is not UTF-8, so the file or folder cannot be opened.",
                    "Rename it; convmv renames whole folders from an older coding."
                );
            }
        }

        return [.. entries.Where(entry => entry.Kind == EntryKind.Folder)];
    }

    private void ReportLooseFiles(IReadOnlyList<FolderEntry> entries, string prefix)
    {
        foreach (FolderEntry file in entries)
        {
            if (file.Kind == EntryKind.File && MediaNames.IsVideo(file.Name))
            {
                _builder.Report(
                    DataProblemKind.StrayFile,
                    prefix + file.Name,
                    "the clip lies in no class folder, so its class is not known.",
                    "Move it into a class folder."
                );
            }
        }
    }

    private void LeaveOut(DataProblemKind kind, string file, string reason, string fix)
    {
        _builder.Report(kind, file, reason, fix, leavesOut: true);
        _builder.LeaveOut();
    }
}
