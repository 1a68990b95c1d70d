using System.Diagnostics;
using TaskGrain.Inference;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Courses;

namespace TaskGrain.Transfer.Teaching;

/// <summary>
/// Chooses sources and classifier, and measures the choice: in every outer fold everything is chosen anew without the
/// fold's clips, which are then classified.
/// </summary>
internal sealed class Lesson(
    IReadOnlyList<TeachClip> clips,
    IReadOnlyList<string> classes,
    TeachOptions options,
    IProgress<WorkProgress>? progress,
    CancellationToken cancel
)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _measured;
    private int _expected;

    /// <summary>Runs it.</summary>
    /// <exception cref="TaskGrainException">All clips are of one group, or some of none.</exception>
    public Outcome Run()
    {
        int[] labels = [.. clips.Select(clip => clip.Clip.Class)];
        string[]? groups = options.Groups is null
            ? null
            : [.. options.Groups.Of([.. clips.Select(clip => clip.Clip.Path)])];
        int[] foldOf =
            GroupedFolds.Draw(labels, groups, options.Folds, options.Seed)
            ?? throw new TaskGrainException(
                $"all clips are of the group '{groups?[0]}'; two groups or more are needed to hold one out."
            );
        int folds = foldOf.Max() + 1;
        _expected = groups is null ? folds + 1 : (2 * folds) + 1;
        var search = new TeachSearch(clips, classes.Count, options, Measured);
        int[] all = [.. Enumerable.Range(0, clips.Count)];

        // Where two clips a class are all there is, what is chosen by holding one out was chosen by one clip.
        IReadOnlyList<CourseScore> scores = search.Measure(all, foldOf, cancel);
        CourseScore choice = TeachSearch.Best(scores);
        float[][] rows = HeldOut(search, labels, groups, foldOf);
        float[][]? known =
            groups is null ? null
            : GroupedFolds.Draw(labels, groups: null, options.Folds, options.Seed) is { } mixed
                ? HeldOut(search, labels, groups: null, mixed)
            : null;
        var outcome = new Outcome(
            search.Fit(choice, all, cancel),
            choice.Candidate,
            scores,
            rows,
            foldOf,
            Share(rows, labels),
            groups?.Distinct(StringComparer.Ordinal).Count(),
            known is null ? null : new MeasuredClips(labels.Length, Right(known, labels))
        );
        Report(_expected);
        return outcome;
    }

    private static int Right(float[][] rows, int[] labels) =>
        rows.Zip(labels, (row, label) => ScoreMatrix.BestOf(row) == label ? 1 : 0).Sum();

    private static double Share(float[][] rows, int[] labels) => (double)Right(rows, labels) / labels.Length;

    /// <summary>Predictions for every clip by a classifier that was chosen and trained without its fold.</summary>
    private float[][] HeldOut(TeachSearch search, int[] labels, string[]? groups, int[] foldOf)
    {
        float[][] rows = new float[labels.Length][];
        foreach (int fold in foldOf.Distinct().Order())
        {
            int[] inside = [.. Enumerable.Range(0, labels.Length).Where(i => foldOf[i] != fold)];
            int[] outside = [.. Enumerable.Range(0, labels.Length).Where(i => foldOf[i] == fold)];
            int[]? innerFolds = GroupedFolds.Draw(
                [.. inside.Select(i => labels[i])],
                groups is null ? null : [.. inside.Select(i => groups[i])],
                options.Folds,
                options.Seed
            );
            CourseScore choice = innerFolds is null
                ? search.Default
                : TeachSearch.Best(search.Measure(inside, innerFolds, cancel));
            float[][] predicted = search
                .Fit(choice, inside, cancel)
                .Predict([.. outside.Select(i => search.Joined(choice.Candidate, i))]);
            for (int i = 0; i < outside.Length; i++)
            {
                rows[outside[i]] = predicted[i];
            }
        }

        return rows;
    }

    private void Measured() => Report(++_measured);

    private void Report(int done) =>
        progress?.Report(
            new WorkProgress(
                "teaching",
                Math.Min(done, _expected),
                _expected,
                "comparisons",
                _measured / Stopwatch.GetElapsedTime(_started).TotalSeconds
            )
        );

    /// <summary>What came out.</summary>
    /// <param name="Classifier">Fitted on all clips.</param>
    /// <param name="Choice">Its sources and kind.</param>
    /// <param name="Scores">Every candidate on the outer folds.</param>
    /// <param name="HeldOut">Probabilities of every clip, by what was chosen and fitted without its fold.</param>
    /// <param name="FoldOf">The outer fold of every clip.</param>
    /// <param name="Accuracy">Share of held-out clips that were classified rightly.</param>
    /// <param name="Groups">Number of groups; null where none were named.</param>
    /// <param name="KnownGroups">The same in folds that share groups; null where none were named.</param>
    internal sealed record Outcome(
        FewShotClassifier Classifier,
        CourseCandidate Choice,
        IReadOnlyList<CourseScore> Scores,
        float[][] HeldOut,
        int[] FoldOf,
        double Accuracy,
        int? Groups,
        MeasuredClips? KnownGroups
    );
}
