using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Joins the parts of a labelled frame store. The result has, byte for byte, the files of a store made in one piece,
/// but for the report of its packing. An interrupted joining goes on where it stopped.
/// </summary>
internal static class StoreMerge
{
    /// <summary>What is made from the parts' own; of any other JSON file all parts have the same.</summary>
    private static readonly string[] Own =
    [
        StoreManifest.FileName,
        DataSetFile.UsualName,
        PackedSources.FileName,
        PackReport.FileName,
        PartFile.FileName,
    ];

    /// <summary>Joins parts.</summary>
    /// <param name="folders">Their folders, in any order.</param>
    /// <param name="into">The whole's folder; made when missing.</param>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops between clips.</param>
    /// <returns>How many clips the whole has.</returns>
    /// <exception cref="TaskGrainException">
    /// The parts are not complete, do not fit together, or hold damaged clips; names the folder and the clip.
    /// </exception>
    public static int Run(
        IReadOnlyList<string> folders,
        string into,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var parts = StoreParts.Open(folders, into);
        var stores = new List<FrameStore>();
        try
        {
            foreach (string folder in parts.Folders)
            {
                stores.Add(FrameStore.Open(folder));
                RequireSame(stores[0], stores[^1]);
                parts.Check(stores.Count - 1, stores[^1].Ids);
            }

            Dictionary<string, byte[]> files = SharedFiles(parts.Folders);
            DataSet data = Annotations(parts, into);
            using var writer = FrameStoreWriter.OpenOrCreate(into, stores[0].Format, stores[0].Compression);
            parts.CheckTarget(into, writer.Count, writer.Contains);

            // Before the frames, as when a store is packed.
            foreach ((string name, byte[] bytes) in files)
            {
                AtomicFile.Write(Path.Combine(into, name), stream => stream.Write(bytes));
            }

            Sources(parts)?.Save(into);
            LabelledStore.WriteAnnotations(into, data);
            Copy(parts, stores, writer, progress, cancel);
            Report(parts)?.Save(into);
            return writer.Count;
        }
        finally
        {
            stores.ForEach(store => store.Dispose());
        }
    }

    private static void Copy(
        StoreParts parts,
        List<FrameStore> stores,
        FrameStoreWriter writer,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        parts.Join(
            (id, part) =>
            {
                if (!writer.Contains(id) && stores[part].TryIndexOf(id, out int index))
                {
                    writer.Append(stores[part].ReadEncoded(index));
                }
            },
            writer.Commit,
            progress,
            cancel
        );
        writer.Commit();
    }

    private static void RequireSame(FrameStore first, FrameStore other)
    {
        if (other.Format != first.Format || other.Compression != first.Compression)
        {
            throw new TaskGrainException(
                $"{other.Folder} holds {other.Compression} of {other.Format}, {first.Folder} {first.Compression} of "
                    + $"{first.Format}; parts of one store are made with the same settings."
            );
        }
    }

    private static DataSet Annotations(StoreParts parts, string into)
    {
        DataSet[] sets = [.. parts.Folders.Select(LabelledStore.ReadAnnotations)];
        var byId = new Dictionary<string, Annotation>(StringComparer.Ordinal);
        string taxonomy = JsonSerializer.Serialize(sets[0].Taxonomy, TaskGrainJson.Strict);
        for (int i = 0; i < sets.Length; i++)
        {
            if (JsonSerializer.Serialize(sets[i].Taxonomy, TaskGrainJson.Strict) != taxonomy)
            {
                throw new TaskGrainException(
                    $"{parts.Folders[i]} and {parts.Folders[0]} have other categories; parts of one store are made "
                        + $"from the same data set."
                );
            }

            foreach (Annotation annotation in sets[i].Annotations)
            {
                byId[annotation.Id] = annotation;
            }
        }

        // A generated set is named after its folder, so that its parts have different names.
        string name = sets.All(set => set.Name == sets[0].Name)
            ? sets[0].Name
            : Path.GetFileName(Path.GetFullPath(into));
        return new DataSet(
            name,
            sets[0].Taxonomy,
            [
                .. parts
                    .Clips.Select(clip => byId.GetValueOrDefault(clip.Id))
                    .OfType<Annotation>()
                    .OrderBy(annotation => annotation.Split),
            ],
            sets[0].Problems,
            sets.Max(set => set.LeftOut),
            sets[0].Folder
        );
    }

    private static PackedSources? Sources(StoreParts parts) =>
        parts.Folders.All(folder => File.Exists(Path.Combine(folder, PackedSources.FileName)))
            ? PackedSources.Join([.. parts.Folders.Select(PackedSources.Load)], parts.Clips.Select(clip => clip.Id))
            : null;

    private static PackReport? Report(StoreParts parts)
    {
        if (!parts.Folders.All(folder => File.Exists(Path.Combine(folder, PackReport.FileName))))
        {
            return null;
        }

        PackReport[] reports = [.. parts.Folders.Select(PackReport.Load)];
        return new PackReport
        {
            Asked = reports.Sum(report => report.Asked),
            AlreadyThere = reports.Sum(report => report.AlreadyThere),
            Added = reports.Sum(report => report.Added),
            Failures = [.. reports.SelectMany(report => report.Failures)],
            Warnings = [.. reports.SelectMany(report => report.Warnings)],
            Seconds = reports.Max(report => report.Seconds),
            Finished = reports.All(report => report.Finished),
        };
    }

    /// <summary>
    /// Files beside the store that whoever made it has left, such as a generator's recipe: the same in every part, or
    /// the parts were made with different settings.
    /// </summary>
    private static Dictionary<string, byte[]> SharedFiles(IReadOnlyList<string> folders)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in folders.SelectMany(Names).Distinct(StringComparer.Ordinal))
        {
            foreach (string folder in folders)
            {
                string path = Path.Combine(folder, name);
                byte[]? bytes = File.Exists(path) ? File.ReadAllBytes(path) : null;
                if (bytes is null || !files.GetValueOrDefault(name, bytes).AsSpan().SequenceEqual(bytes))
                {
                    throw new TaskGrainException(
                        $"{path}: {(bytes is null ? "is missing, though other parts have it" : "differs from that of "
                            + folders[0])}; parts of one store are made with the same settings."
                    );
                }

                files[name] = bytes;
            }
        }

        return files;
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileName(path)).Except(Own);
}
