using System.IO.Hashing;
using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>A clip of a class.</summary>
/// <param name="Path">Its file, relative to the folder of classes, with forward slashes.</param>
/// <param name="Class">Index into the classes.</param>
public sealed record ClassClip(string Path, int Class);

/// <summary>A folder with one subfolder of clips for each class, looked over before anything is computed.</summary>
public sealed class ClipFolder
{
    /// <summary>The fewest usable clips of a class: one to learn from and one to hold out.</summary>
    public const int FewestClips = 2;

    private ClipFolder(
        string folder,
        IReadOnlyList<string> classes,
        IReadOnlyList<ClassClip> clips,
        IReadOnlyList<ClipProblem> problems
    )
    {
        Folder = folder;
        Classes = classes;
        Clips = clips;
        Problems = problems;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The subfolders' names in alphabetical order; also those without a usable clip.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The usable clips, class by class, in alphabetical order.</summary>
    public IReadOnlyList<ClassClip> Clips { get; }

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<ClipProblem> Problems { get; }

    /// <summary>
    /// Looks a folder over: what is a clip, and which clips are copies of others. Nothing is decoded.
    /// </summary>
    /// <param name="folder">The folder that has a subfolder for each class.</param>
    /// <returns>Classes, clips and problems.</returns>
    /// <exception cref="TaskGrainException">The folder is missing or has no subfolder.</exception>
    public static ClipFolder Scan(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new TaskGrainException($"{folder}: there is no such folder.");
        }

        string[] classes =
        [
            .. Directory
                .GetDirectories(full)
                .Select(path => Path.GetFileName(path))
                .Where(name => !MediaNames.IsHidden(name))
                .Order(StringComparer.Ordinal),
        ];
        List<ClipProblem> problems = [.. StrayFiles(full, "")];
        if (classes.Length == 0)
        {
            throw new TaskGrainException(
                $"{folder}: there is no subfolder here; make one for each class, named after it, and put its clips "
                    + $"there{(problems.Count > 0 ? $" ({problems.Count} files lie here without a class)" : "")}."
            );
        }

        List<ClassClip> clips = [];
        for (int i = 0; i < classes.Length; i++)
        {
            string own = Path.Combine(full, classes[i]);
            string[] files =
            [
                .. Directory
                    .GetFiles(own)
                    .Select(path => Path.GetFileName(path))
                    .Where(MediaNames.IsVideo)
                    .Order(StringComparer.Ordinal),
            ];
            problems.AddRange(StrayFiles(own, classes[i] + "/").Concat(DeeperFolders(own, classes[i])));
            clips.AddRange(files.Select(file => new ClassClip($"{classes[i]}/{file}", i)));
            if (files.Length == 0)
            {
                problems.Add(
                    new ClipProblem(
                        classes[i],
                        $"the class has no clip; put at least {FewestClips} video files "
                            + $"({MediaNames.VideoExtensionList}) into its folder, or remove it",
                        LeftOut: false
                    )
                );
            }
        }

        List<string> content = [];
        foreach (ClassClip clip in clips.ToArray())
        {
            try
            {
                content.Add(HashOf(Path.Combine(full, clip.Path)));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                problems.Add(new ClipProblem(clip.Path, $"cannot be read: {fault.Message}; not used", LeftOut: true));
                clips.Remove(clip);
            }
        }

        (List<ClassClip> usable, List<ClipProblem> copies) = WithoutCopies(clips, content, classes);
        return new ClipFolder(full, classes, usable, [.. problems, .. copies]);
    }

    /// <summary>
    /// Leaves out clips whose content another one has: within a class the first stays; in two classes the label of
    /// neither can be trusted, so both go.
    /// </summary>
    internal static (List<ClassClip> Usable, List<ClipProblem> Problems) WithoutCopies(
        IReadOnlyList<ClassClip> clips,
        IReadOnlyList<string> content,
        IReadOnlyList<string> classes
    )
    {
        List<ClipProblem> problems = [];
        HashSet<ClassClip> usable = [.. clips];
        foreach (
            var same in clips
                .Zip(content)
                .GroupBy(pair => pair.Second, pair => pair.First)
                .Where(group => group.Count() > 1)
        )
        {
            ClassClip[] copies = [.. same];
            bool contradiction = copies.Any(clip => clip.Class != copies[0].Class);
            foreach (ClassClip copy in contradiction ? copies : copies[1..])
            {
                ClassClip other = copies.First(clip => clip != copy && (!contradiction || clip.Class != copy.Class));
                usable.Remove(copy);
                problems.Add(
                    new ClipProblem(
                        copy.Path,
                        contradiction
                            ? $"the same clip as {other.Path}, which is in class '{classes[other.Class]}'; neither "
                                + $"was used, remove it where it does not belong"
                            : $"the same clip as {other.Path}; used once",
                        LeftOut: true
                    )
                );
            }
        }

        return ([.. clips.Where(usable.Contains)], problems);
    }

    /// <summary>Throws where there are too few classes or clips.</summary>
    /// <exception cref="TaskGrainException">Names each class that has too few, and all problems.</exception>
    internal static void RequireEnough(
        string folder,
        IReadOnlyList<string> classes,
        IReadOnlyList<ClassClip> usable,
        IReadOnlyList<ClipProblem> problems
    )
    {
        List<string> faults = [];
        if (classes.Count < 2)
        {
            faults.Add(
                $"there is one class, '{classes[0]}'; a classifier needs at least two (a class 'other' with "
                    + $"anything else will do)"
            );
        }

        for (int i = 0; i < classes.Count; i++)
        {
            int count = usable.Count(clip => clip.Class == i);
            if (count < FewestClips)
            {
                faults.Add(
                    $"class '{classes[i]}' has {(count == 0 ? "no usable clip" : "one usable clip")}; it needs at "
                        + $"least {FewestClips}"
                );
            }
        }

        if (faults.Count > 0)
        {
            string noticed =
                problems.Count == 0 ? "" : $"\nNoticed:{string.Concat(problems.Select(problem => $"\n  {problem}"))}";
            throw new TaskGrainException($"{folder} cannot be taught: {string.Join("; ", faults)}.{noticed}");
        }
    }

    private static IEnumerable<ClipProblem> StrayFiles(string folder, string prefix) =>
        Directory
            .GetFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Where(name => !MediaNames.IsHidden(name) && (prefix.Length == 0 || !MediaNames.IsVideo(name)))
            .Select(name => new ClipProblem(
                prefix + name,
                MediaNames.IsVideo(name)
                    ? "the clip lies beside the class folders and has no class; not used"
                    : "not a video file by its name; not used",
                LeftOut: false
            ));

    private static IEnumerable<ClipProblem> DeeperFolders(string folder, string name) =>
        Directory
            .GetDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(inner => !MediaNames.IsHidden(inner))
            .Order(StringComparer.Ordinal)
            .Select(inner => new ClipProblem(
                $"{name}/{inner}",
                "a folder inside a class folder; not looked into",
                LeftOut: false
            ));

    private static string HashOf(string file)
    {
        var hash = new XxHash128();
        using FileStream stream = File.OpenRead(file);
        hash.Append(stream);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
