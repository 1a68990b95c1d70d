using TaskGrain.Labels;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Reproduction;

/// <summary>A real target of Figure 5.</summary>
/// <param name="Name">Its name on the page.</param>
/// <param name="Folder">A folder of classes, or a data set in any supported form.</param>
/// <param name="Groups">
/// Which clips belong together, such as those of a room, as <see cref="ClipGroups.Parse"/> reads it; null where nothing
/// is known of it.
/// </param>
internal sealed record RealTarget(string Name, string Folder, string? Groups = null)
{
    /// <summary>One clip of so many is tested on where the folder has no test clips of its own.</summary>
    private const int TestFolds = 3;

    /// <summary>A target named after its folder.</summary>
    /// <param name="text"><c>FOLDER</c>, or <c>FOLDER=GROUPS</c>.</param>
    /// <exception cref="TaskGrainException">It has another form.</exception>
    public static RealTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = Directory.Exists(text) ? -1 : text.IndexOf('=', StringComparison.Ordinal);
        string named = at < 0 ? text : text[..at];
        if (string.IsNullOrWhiteSpace(named) || at == text.Length - 1)
        {
            throw new TaskGrainException($"'{text}' names no clips; give FOLDER, or FOLDER=GROUPS.");
        }

        string folder = Path.GetFullPath(named);
        return new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            folder,
            at < 0 ? null : text[(at + 1)..]
        );
    }

    /// <summary>What names it on a command line, without the machine's folders.</summary>
    public string ToWords() => WithoutFolders() is { Groups: { } groups } ? $"{Name}={groups}" : Name;

    /// <summary>The same for people to read, without the machine's folders.</summary>
    public RealTarget WithoutFolders() =>
        this with
        {
            Folder = Name,
            Groups = Groups is null ? null : ClipGroups.WithoutFolder(Groups),
        };

    /// <summary>
    /// The clips, with a split to learn from and one to test on. Where groups are given a third of these, with all
    /// their clips, is tested on; else the folder's own splits count, or a third of the clips of every class.
    /// </summary>
    /// <param name="seed">Fixes the draw.</param>
    /// <exception cref="TaskGrainException">
    /// The folder cannot be read, a clip has no group, or all clips are of one.
    /// </exception>
    public DataSet Open(ulong seed)
    {
        DataSet data = DataSet.Open(
            Folder,
            new DataSetOptions
            {
                ValidationShare = 0,
                TestShare = 1.0 / TestFolds,
                SplitSeed = seed,
                SmallestSplitClass = 2,
            }
        );
        if (Groups is null)
        {
            return data;
        }

        Annotation[] clips = [.. data.Annotations.Where(clip => clip.Category >= 0)];
        IReadOnlyList<string> groups = ClipGroups.Parse(Groups).Of([.. clips.Select(clip => clip.Media ?? clip.Id)]);
        int[] folds =
            GroupedFolds.Draw([.. clips.Select(clip => clip.Category)], groups, TestFolds, seed)
            ?? throw new TaskGrainException(
                $"{Folder}: the clips are all of the group '{groups.FirstOrDefault()}'; two or more are needed to test "
                    + "on one."
            );
        return new DataSet(
            data.Name,
            data.Taxonomy,
            [.. clips.Select((clip, i) => clip with { Split = folds[i] == 0 ? Split.Test : Split.Train })],
            data.Problems,
            data.LeftOut,
            data.Folder
        );
    }
}
