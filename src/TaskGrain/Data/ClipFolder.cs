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

    private ClipFolder(string folder) => Folder = folder;

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The classes' names in alphabetical order; also those without a usable clip.</summary>
    public IReadOnlyList<string> Classes { get; private init; } = [];

    /// <summary>
    /// The usable clips to learn from, folder by folder in alphabetical order; those of <c>train</c> and
    /// <c>validation</c> where the folder has a level for the splits.
    /// </summary>
    public IReadOnlyList<ClassClip> Clips { get; private init; } = [];

    /// <summary>
    /// The usable clips of <c>test</c>, which measure the result; empty where there is no such level.
    /// </summary>
    public IReadOnlyList<ClassClip> TestClips { get; private init; } = [];

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<ClipProblem> Problems { get; private init; } = [];

    /// <summary>
    /// Looks a folder over: what is a clip, and which clips are copies of others. Nothing is decoded. What is a class,
    /// a clip and a split is decided as for <see cref="DataSet.Open(string)"/>.
    /// </summary>
    /// <param name="folder">
    /// The folder that has a subfolder for each class, or <c>train</c>, <c>validation</c> and <c>test</c> with these.
    /// </param>
    /// <returns>Classes, clips and problems.</returns>
    /// <exception cref="TaskGrainException">The folder is missing, closed, or has no subfolder.</exception>
    public static ClipFolder Scan(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new TaskGrainException($"{folder}: there is no such folder.");
        }

        var builder = new DataSetBuilder();
        var scan = ClassFolderScan.Run(full, builder, CancellationToken.None);
        List<ClipProblem> problems =
        [
            .. builder.Problems.Select(found => new ClipProblem(
                found.File,
                $"{found.Reason} {found.Fix}",
                found.LeavesOut
            )),
        ];
        if (scan.Classes.Count == 0)
        {
            throw new TaskGrainException(
                $"{folder}: there is no subfolder here; make one for each class, named after it, and put its clips "
                    + $"there{string.Concat(problems.Select(problem => $"\n  {problem}"))}"
            );
        }

        (int[] numbers, string[] classes) = Taught(scan, problems);
        List<(ClassClip Clip, bool Test, string Content)> clips = [];
        foreach (FoundClip found in scan.Clips)
        {
            bool test = found.Split == Split.Test;
            if (numbers[found.Class] < 0)
            {
                continue;
            }

            if (ClipContent.Of(Path.Combine(full, found.Path)).Hash(probeBytes: null) is { } hash)
            {
                clips.Add((new ClassClip(found.Path, numbers[found.Class]), test, $"{hash:x32}"));
            }
            else
            {
                problems.Add(new ClipProblem(found.Path, "cannot be read; not used", LeftOut: true));
            }
        }

        // A clip that is learned from as well as tested on is learned from: the first of equal ones stays.
        clips = [.. clips.OrderBy(clip => clip.Test)];
        (List<ClassClip> usable, List<ClipProblem> copies) = WithoutCopies(
            [.. clips.Select(clip => clip.Clip)],
            [.. clips.Select(clip => clip.Content)],
            classes
        );
        HashSet<ClassClip> kept = [.. usable];
        ClassClip[] Part(bool test) =>
            [.. clips.Where(c => c.Test == test && kept.Contains(c.Clip)).Select(c => c.Clip)];
        return new ClipFolder(full)
        {
            Classes = classes,
            Clips = Part(test: false),
            TestClips = Part(test: true),
            Problems = [.. problems, .. copies],
        };
    }

    /// <summary>The same without the clips of the test split, for what must not look at them.</summary>
    internal ClipFolder WithoutTest() =>
        new(Folder)
        {
            Classes = Classes,
            Clips = Clips,
            Problems = Problems,
        };

    /// <summary>
    /// The classes that can be learned: a class that is in the test split alone is left out, with its clips.
    /// </summary>
    /// <returns>The number of each class of the scan, or −1; and the classes' names.</returns>
    private static (int[] Numbers, string[] Classes) Taught(ClassFolderScan scan, List<ClipProblem> problems)
    {
        int[] numbers = new int[scan.Classes.Count];
        List<string> classes = [];
        for (int i = 0; i < numbers.Length; i++)
        {
            FoundClip[] own = [.. scan.Clips.Where(clip => clip.Class == i)];
            if (own.Length > 0 && Array.TrueForAll(own, clip => clip.Split == Split.Test))
            {
                numbers[i] = -1;
                problems.AddRange(
                    own.Select(clip => new ClipProblem(
                        clip.Path,
                        $"class '{scan.Classes[i]}' is in the test split alone, so it cannot be learned; not used",
                        LeftOut: true
                    ))
                );
            }
            else
            {
                numbers[i] = classes.Count;
                classes.Add(scan.Classes[i]);
            }
        }

        return (numbers, [.. classes]);
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
            string noticed = problems.Count == 0 ? "" : $" Noticed: {string.Join("; ", problems)}.";
            throw new TaskGrainException($"{folder} cannot be taught: {string.Join("; ", faults)}.{noticed}");
        }
    }
}
