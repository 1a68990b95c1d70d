using TaskGrain.Data;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Synthesis;

/// <summary>
/// Joins the parts of a folder of generated videos. The result has, byte for byte, the files of a folder made in one
/// piece. An interrupted joining goes on where it stopped.
/// </summary>
internal static class VideoSetMerge
{
    /// <summary>Whether a folder is a part of generated videos, and not of a store.</summary>
    public static bool IsPart(string folder) =>
        File.Exists(Path.Combine(folder, PartFile.FileName))
        && File.Exists(Recipe.PathIn(folder))
        && !LabelledStore.Exists(folder);

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
        byte[] recipe = OfficialLists.Same(parts.Folders, Recipe.PathIn);
        for (int i = 0; i < parts.Folders.Count; i++)
        {
            parts.Check(i, OfficialLayout.ClipsIn(parts.Folders[i]));
        }

        IReadOnlyDictionary<string, string> hashes =
            parts.Hashes
            ?? throw new TaskGrainException(
                $"{parts.Folders[0]} and others: {PartFile.FileName} has no checksums of videos; run again what makes "
                    + "the parts."
            );
        var lists = OfficialLists.Read(parts);
        var there = OfficialLayout.ClipsIn(into).ToHashSet(StringComparer.Ordinal);
        CheckRecipe(into, recipe, there.Count);
        parts.CheckTarget(into, there.Count, there.Contains);
        using FolderLock own = FolderLock.Take(into, "set of generated clips");
        string truth = Path.Combine(into, OfficialLayout.TruthFolder);
        Directory.CreateDirectory(truth);
        AtomicFile.DeleteLeftovers(truth);
        AtomicFile.Write(Recipe.PathIn(into), stream => stream.Write(recipe));
        parts.Join(
            (id, part) =>
            {
                if (!there.Contains(id) || Hash(into, id) != hashes[id])
                {
                    Copy(parts.Folders[part], into, id, hashes[id]);
                }
            },
            () => { },
            progress,
            cancel
        );
        lists.Write(into);
        return parts.Count;
    }

    /// <summary>A hash of the files of a clip that is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="id">The clip's name.</param>
    /// <exception cref="TaskGrainException">Its ground truth is missing.</exception>
    public static string HashOf(string folder, string id) =>
        Hash(folder, id)
        ?? throw new TaskGrainException(
            $"{OfficialLayout.TruthPath(folder, id)} is missing; delete {OfficialLayout.VideoPath(folder, id)}, and "
                + "the same command makes both again."
        );

    private static string? Hash(string folder, string id) =>
        Read(folder, id) is (byte[] video, byte[] truth) ? OfficialLayout.HashOf(video, truth) : null;

    private static (byte[] Video, byte[] Truth)? Read(string folder, string id)
    {
        (string video, string truth) = (OfficialLayout.VideoPath(folder, id), OfficialLayout.TruthPath(folder, id));
        return File.Exists(video) && File.Exists(truth) ? (File.ReadAllBytes(video), File.ReadAllBytes(truth)) : null;
    }

    private static void Copy(string from, string into, string id, string hash)
    {
        if (Read(from, id) is not (byte[] video, byte[] truth) || OfficialLayout.HashOf(video, truth) != hash)
        {
            throw new TaskGrainException(
                $"{from}: clip '{id}' is damaged; delete {OfficialLayout.VideoPath(from, id)} and run again what makes "
                    + "the part."
            );
        }

        // The video comes last, as when they are made.
        AtomicFile.Replace(OfficialLayout.TruthPath(into, id), file => File.WriteAllBytes(file, truth));
        AtomicFile.Replace(OfficialLayout.VideoPath(into, id), file => File.WriteAllBytes(file, video));
    }

    /// <summary>Clips of the same names, such as 1, may be anybody's.</summary>
    private static void CheckRecipe(string into, byte[] recipe, int clips)
    {
        string path = Recipe.PathIn(into);
        if (!File.Exists(path) ? clips > 0 : !File.ReadAllBytes(path).AsSpan().SequenceEqual(recipe))
        {
            throw new TaskGrainException(
                $"{into} holds videos that were not generated, or with other settings than the parts; join them in a "
                    + "folder of its own."
            );
        }
    }
}
