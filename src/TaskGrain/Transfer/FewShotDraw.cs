using TaskGrain.Labels;
using TaskGrain.Runtime;

namespace TaskGrain.Transfer;

/// <summary>The clips of one run: a few for training, all of the test split for measuring.</summary>
/// <param name="Train">Indices into the target's clips, class by class.</param>
/// <param name="Test">Indices into the target's clips.</param>
internal sealed record FewShotDraw(IReadOnlyList<int> Train, IReadOnlyList<int> Test)
{
    /// <summary>
    /// Draws the shots of a run. They depend on the seed, the run and the names of the training clips, not on the
    /// source or the order of clips, so every source gets the same ones; fewer shots are always among more.
    /// </summary>
    /// <param name="clips">The target's clips.</param>
    /// <param name="shots">Training clips a class; null for all of them. A class with fewer gives what it has.</param>
    /// <param name="run">Number of the run.</param>
    /// <param name="seed">Fixes the draws of all runs.</param>
    /// <returns>The draw; no clip is in both parts.</returns>
    /// <exception cref="TaskGrainException">
    /// The target has fewer than two classes with training clips, or no labelled test clip.
    /// </exception>
    public static FewShotDraw Create(IReadOnlyList<TargetClip> clips, int? shots, int run, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(clips);
        int[] Of(Split split) =>
            [.. Enumerable.Range(0, clips.Count).Where(i => clips[i].Class >= 0 && clips[i].Split == split)];
        int[] test = Of(Split.Test);

        // In the order of their names, so that the order of the target's clips does not matter.
        int[] training = [.. Of(Split.Train).OrderBy(i => clips[i].Id, StringComparer.Ordinal)];
        int[] labels = [.. training.Select(i => clips[i].Class)];
        int classes = labels.Distinct().Count();
        if (classes < 2 || test.Length == 0)
        {
            throw new TaskGrainException(
                $"the target has {classes} classes with training clips and {test.Length} labelled test clips; "
                    + $"few-shot transfer needs at least 2 and 1."
            );
        }

        SeededRandom random = new SeededRandom(seed).Derive((ulong)run);
        int[] train =
        [
            .. StratifiedDraw
                .Shuffled(labels, random)
                .SelectMany(own => own.Items.Take(shots ?? int.MaxValue))
                .Select(item => training[item]),
        ];
        return new FewShotDraw(train, test);
    }

    /// <summary>
    /// The largest number of training clips that a class of the target has: more shots than this are the full set.
    /// </summary>
    /// <param name="clips">The target's clips.</param>
    /// <returns>The number; 0 where there is no labelled training clip.</returns>
    public static int FullShots(IReadOnlyList<TargetClip> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return clips
            .Where(clip => clip.Split == Split.Train && clip.Class >= 0)
            .GroupBy(clip => clip.Class)
            .Select(group => group.Count())
            .DefaultIfEmpty(0)
            .Max();
    }
}
