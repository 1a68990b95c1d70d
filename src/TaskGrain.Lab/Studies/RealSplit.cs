using TaskGrain.Data;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies;

/// <summary>Clips to draw shots from, and clips to test on.</summary>
/// <param name="Train">Numbers of clips.</param>
/// <param name="Test">Numbers of clips; none of them is in <paramref name="Train"/>, nor its group.</param>
internal sealed record RealSplit(int[] Train, int[] Test)
{
    /// <summary>Divides clips.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="testClips">Those of the folder's test split; empty where it has none.</param>
    /// <param name="groups">The group of each clip; null where none are known.</param>
    /// <param name="options">Which group to test on, folds and seed.</param>
    /// <returns>One split, or one for each fold, which test every clip once; and what was done, in words.</returns>
    /// <exception cref="TaskGrainException">No clip has the group to test on, or nothing can be held out.</exception>
    public static (IReadOnlyList<RealSplit> Splits, string What) Of(
        IReadOnlyList<TeachClip> clips,
        IReadOnlyList<ClassClip> testClips,
        IReadOnlyList<string>? groups,
        RealOptions options
    )
    {
        int[] all = [.. Enumerable.Range(0, clips.Count)];
        if (options.TestGroup is { } wanted)
        {
            if (groups is null || !groups.Contains(wanted, StringComparer.Ordinal))
            {
                string known = groups is null ? "none is named" : string.Join(", ", groups.Distinct().Order());
                throw new TaskGrainException($"no clip is of the group '{wanted}' to test on; groups: {known}.");
            }

            return (
                [new([.. all.Where(i => groups[i] != wanted)], [.. all.Where(i => groups[i] == wanted)])],
                $"tested on group {wanted}; the shots are drawn from the other groups"
            );
        }

        if (testClips.Count > 0)
        {
            HashSet<ClassClip> tested = [.. testClips];
            return (
                [
                    new(
                        [.. all.Where(i => !tested.Contains(clips[i].Clip))],
                        [.. all.Where(i => tested.Contains(clips[i].Clip))]
                    ),
                ],
                "tested on the folder's test split; the shots are drawn from the others"
            );
        }

        int[] labels = [.. clips.Select(clip => clip.Clip.Class)];
        int[] foldOf =
            GroupedFolds.Draw(labels, groups, options.Teaching.Folds, options.Teaching.Seed)
            ?? throw new TaskGrainException("the clips are all of one group; two or more are needed to test on one.");
        return (
            [
                .. foldOf
                    .Distinct()
                    .Order()
                    .Select(fold => new RealSplit(
                        [.. all.Where(i => foldOf[i] != fold)],
                        [.. all.Where(i => foldOf[i] == fold)]
                    )),
            ],
            groups is null
                ? $"tested on every clip once, in {foldOf.Max() + 1} folds that may share rooms with the shots"
                : $"tested on every clip once, in {foldOf.Max() + 1} folds that share no group with the shots"
        );
    }
}
