namespace TaskGrain.Labels;

/// <summary>Finds out which form a data set's folder is in.</summary>
internal static class DataSetForms
{
    /// <summary>What a folder may look like, for messages.</summary>
    public const string Supported =
        "Supported are Something-Something V2 (something-something-v2-train.json and -validation.json, or train.json "
        + "and validation.json, in the folder, in labels/ or in annotations/, and <id>.webm in the folder, in "
        + "20bn-something-something-v2/ or in videos/); Something-Something V1 (something-something-v1-train.csv and "
        + "-validation.csv, and one folder of JPEG or PNG frames a clip in the folder, in 20bn-something-something-v1/ "
        + "or in frames/); a folder of clips (one subfolder a class, such as pouring/a.mp4, or train/pouring/a.mp4, "
        + "validation/..., test/...).";

    public static DataSet Open(string folder, DataSetOptions options, CancellationToken cancellation)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full))
        {
            throw new TaskGrainException($"{folder} is a file; a data set is a folder. {Supported}");
        }

        if (!Directory.Exists(full))
        {
            throw new TaskGrainException($"there is no folder {full}. Check the path.");
        }

        DataSet data = Read(full, options, cancellation);
        return data.Annotations.Count > 0 ? data : throw NothingUsable(full, data);
    }

    private static DataSet Read(string folder, DataSetOptions options, CancellationToken cancellation)
    {
        if (AnnotationFiles.Find(folder, ".json") is { } json)
        {
            return new SomethingSomethingV2Reader(folder, json, options).Read(cancellation);
        }

        if (AnnotationFiles.Find(folder, ".csv") is { } csv)
        {
            return new SomethingSomethingV1Reader(folder, csv, options).Read(cancellation);
        }

        return new ClassFolderReader(folder, options).Read(cancellation)
            ?? throw new TaskGrainException(
                $"{folder} is not a data set that TaskGrain knows: {Found(folder)} {Supported}"
            );
    }

    private static TaskGrainException NothingUsable(string folder, DataSet data)
    {
        const int Shown = 5;
        IEnumerable<string> lines = data
            .Problems.OrderBy(p =>
                // A label list that could not be read is why every record looks wrong.
                p.Kind == DataProblemKind.LabelList
                    ? 0
                : p.LeavesOut ? 1
                : 2
            )
            .Take(Shown)
            .Select(problem => problem.ToString());
        string more = data.Problems.Count > Shown ? $"; and {data.Problems.Count - Shown} more" : "";
        return new TaskGrainException(
            $"{folder}: not one usable record; {data.LeftOut} were left out: {string.Join("; ", lines)}{more}."
        );
    }

    /// <summary>A sentence on what lies in a folder.</summary>
    private static string Found(string folder)
    {
        const int Shown = 8;
        string[] names =
        [
            .. new DirectoryInfo(folder)
                .EnumerateFileSystemInfos()
                .Select(entry => entry is DirectoryInfo ? $"{entry.Name}/" : entry.Name)
                .Order(StringComparer.Ordinal),
        ];
        if (names.Length == 0)
        {
            return "it is empty.";
        }

        if (names.Contains(DataSetFile.UsualName, StringComparer.Ordinal))
        {
            return "it is a packed store, not a data set to be read or packed.";
        }

        int loose = names.Count(MediaNames.IsVideo);
        string list =
            string.Join(", ", names.Take(Shown)) + (names.Length > Shown ? $" and {names.Length - Shown} more" : "");
        string hint =
            loose > 0
                ? $" {loose} video file{(loose == 1 ? " lies" : "s lie")} loose in it; put each class's clips into "
                    + $"a folder of its own."
                : "";
        return $"no annotation file for train, validation or test was found, and no subfolder with clips. It holds "
            + $"{list}.{hint}";
    }
}
