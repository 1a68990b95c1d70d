namespace TaskGrain.Labels;

/// <summary>
/// Reads a folder of clips with one subfolder a class: <c>pouring/a.mp4</c>, or with a level for the splits,
/// <c>train/pouring/a.mp4</c>. A clip is a video file or a folder of JPEG frames.
/// </summary>
internal sealed class ClassFolderReader(string folder, DataSetOptions options)
{
    private readonly DataSetBuilder _builder = new();
    private readonly List<(string Class, Split? Split, string Path)> _clips = [];

    /// <summary>
    /// Reads the folder; null when it holds no clip in a class folder and nothing that tried to be one.
    /// </summary>
    public DataSet? Read(CancellationToken cancellation)
    {
        DirectoryInfo[] top = [.. Subfolders(new DirectoryInfo(folder))];
        Dictionary<DirectoryInfo, Split> splits = SplitFolders(top);
        ReportLooseFiles(new DirectoryInfo(folder), "class folder");
        foreach (DirectoryInfo child in top)
        {
            cancellation.ThrowIfCancellationRequested();
            if (splits.Count == 0)
            {
                AddClass(child, null);
            }
            else if (splits.TryGetValue(child, out Split split))
            {
                ReportLooseFiles(child, "class folder");
                foreach (DirectoryInfo classFolder in Subfolders(child))
                {
                    AddClass(classFolder, split);
                }
            }
            else
            {
                _builder.Report(
                    DataProblemKind.StrayFile,
                    Relative(child),
                    "the folder stands beside train/ or its sisters and is none of them.",
                    "Name it train, validation or test, or move it away."
                );
            }
        }

        if (_clips.Count == 0 && _builder.LeftOut == 0)
        {
            return null;
        }

        return Build();
    }

    private DataSet Build()
    {
        string[] classes =
        [
            .. _clips.Select(clip => clip.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        foreach (var same in classes.GroupBy(Taxonomy.Key).Where(group => group.Count() > 1))
        {
            throw new TaskGrainException(
                $"{folder}: the class folders {string.Join(" and ", same.Select(name => $"'{name}'"))} differ in "
                    + $"case or spaces alone; join them or rename one."
            );
        }

        Taxonomy taxonomy = TaxonomyOf(classes);
        foreach (var clips in _clips.GroupBy(clip => clip.Class, StringComparer.Ordinal))
        {
            taxonomy.TryFindCategory(clips.Key, out int category);
            string[] undecided = [.. clips.Where(clip => clip.Split is null).Select(clip => clip.Path)];
            Dictionary<string, Split> drawn = StratifiedSplit.Draw(undecided, options);
            foreach ((string _, Split? split, string path) in clips)
            {
                var annotation = new Annotation
                {
                    Id = path,
                    Split = split ?? drawn[path],
                    Media = path,
                    Category = category,
                };
                _builder.Keep(annotation, new RecordPlace(path, 1, null));
            }
        }

        return _builder.Build(Path.GetFileName(folder), taxonomy, folder);
    }

    /// <summary>Classes that are all known by name keep their known groups; others have none.</summary>
    private static Taxonomy TaxonomyOf(string[] classes)
    {
        foreach (Taxonomy known in new[] { Taxonomy.Kitchenware, Taxonomy.SomethingSomething })
        {
            if (Array.TrueForAll(classes, name => known.TryFindCategory(name, out _)))
            {
                string[] ordered =
                [
                    .. known.Categories.Where(category =>
                        Array.Exists(classes, name => Taxonomy.Key(name) == Taxonomy.Key(category))
                    ),
                ];
                return Taxonomy.Grouped(ordered, known);
            }
        }

        return Taxonomy.Flat(classes);
    }

    /// <summary>
    /// The folders that stand for splits. A folder called <c>train</c> whose clips lie directly in it is a class of
    /// toy trains; one with class folders in it is a split.
    /// </summary>
    private static Dictionary<DirectoryInfo, Split> SplitFolders(DirectoryInfo[] folders)
    {
        var splits = new Dictionary<DirectoryInfo, Split>();
        foreach (DirectoryInfo child in folders)
        {
            if (SplitNames.TryParse(child.Name, out Split split))
            {
                splits[child] = split;
            }
        }

        bool classesWithin = splits.Keys.Any(child => Subfolders(child).Any(HoldsClips));
        return classesWithin ? splits : [];
    }

    private static bool HoldsClips(DirectoryInfo classFolder) =>
        classFolder.EnumerateFiles().Any(file => MediaNames.IsVideo(file.Name))
        || Subfolders(classFolder).Any(HoldsFrames);

    private static bool HoldsFrames(DirectoryInfo clip) =>
        clip.EnumerateFiles().Any(file => MediaNames.IsFrame(file.Name));

    private static IEnumerable<DirectoryInfo> Subfolders(DirectoryInfo parent) =>
        parent
            .EnumerateDirectories()
            .Where(child => !MediaNames.IsHidden(child.Name))
            .OrderBy(child => child.Name, StringComparer.Ordinal);

    private void AddClass(DirectoryInfo classFolder, Split? split)
    {
        int before = _clips.Count + _builder.LeftOut;
        foreach (
            FileInfo file in classFolder
                .EnumerateFiles()
                .Where(file => !MediaNames.IsHidden(file.Name))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
        )
        {
            AddFile(file, classFolder.Name, split);
        }

        foreach (DirectoryInfo clip in Subfolders(classFolder))
        {
            if (HoldsFrames(clip))
            {
                _clips.Add((classFolder.Name, split, Relative(clip)));
            }
            else
            {
                _builder.Report(
                    DataProblemKind.StrayFile,
                    Relative(clip),
                    "the folder is not a clip: it holds no JPEG frame.",
                    "Put video files directly into their class's folder, and frames into one folder a clip."
                );
            }
        }

        if (_clips.Count + _builder.LeftOut == before)
        {
            _builder.Report(
                DataProblemKind.ClassBalance,
                Relative(classFolder),
                "the class folder holds no clip.",
                $"Add clips ({MediaNames.VideoExtensionList}), or remove the folder."
            );
        }
    }

    private void AddFile(FileInfo file, string className, Split? split)
    {
        string path = Relative(file);
        if (!MediaNames.IsVideo(file.Name))
        {
            _builder.Report(
                DataProblemKind.StrayFile,
                path,
                "the file is not a video by its ending.",
                $"Move it away, or give it its true ending ({MediaNames.VideoExtensionList})."
            );
            return;
        }

        FileInfo? target = file.Attributes.HasFlag(FileAttributes.ReparsePoint)
            ? file.ResolveLinkTarget(true) as FileInfo
            : file;
        if (target is not { Exists: true })
        {
            _builder.Report(
                DataProblemKind.MissingMedia,
                path,
                "the link points to no file.",
                "Mend or remove the link.",
                leavesOut: true
            );
            _builder.LeaveOut();
        }
        else if (target.Length == 0)
        {
            _builder.Report(
                DataProblemKind.EmptyMedia,
                path,
                "the file is empty.",
                "Copy the clip again, or remove the file.",
                leavesOut: true
            );
            _builder.LeaveOut();
        }
        else
        {
            _clips.Add((className, split, path));
        }
    }

    private void ReportLooseFiles(DirectoryInfo where, string into)
    {
        foreach (
            FileInfo file in where
                .EnumerateFiles()
                .Where(file => MediaNames.IsVideo(file.Name))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
        )
        {
            _builder.Report(
                DataProblemKind.StrayFile,
                Relative(file),
                $"the clip lies in no {into}, so its class is not known.",
                $"Move it into a {into}."
            );
        }
    }

    private string Relative(FileSystemInfo entry) => Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/');
}
