using TaskGrain.Inference;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Courses;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies;

/// <summary>Draws shots and measures every way of telling classes on the clips to test.</summary>
internal sealed class RealDraws(
    IReadOnlyList<TeachClip> clips,
    IReadOnlyList<string>? groups,
    IReadOnlyList<RealSplit> splits,
    TeachOptions options
)
{
    /// <summary>Clips tested in a draw.</summary>
    public int Tested { get; } = splits.Sum(split => split.Test.Length);

    /// <summary>Learns from a draw in every split.</summary>
    /// <param name="search">The ways.</param>
    /// <param name="shots">Clips a class; null for all.</param>
    /// <param name="draw">Number of the draw: the same clips for every way, and fewer shots among more.</param>
    /// <param name="choose">Whether the way that does best inside the shots is added as the last.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>How many tested clips each way classified rightly.</returns>
    public IReadOnlyList<int> Right(TeachSearch search, int? shots, int draw, bool choose, CancellationToken cancel)
    {
        int[] right = new int[search.Candidates.Count + (choose ? 1 : 0)];
        for (int split = 0; split < splits.Count; split++)
        {
            int[] drawn = Draw(splits[split].Train, shots, draw, split);
            int[] test = splits[split].Test;
            int[]? foldOf = GroupedFolds.Draw(
                [.. drawn.Select(i => clips[i].Clip.Class)],
                groups is null ? null : [.. drawn.Select(i => groups[i])],
                shots is 1 ? 1 : options.Folds,
                options.Seed
            );
            IReadOnlyList<CourseScore> scores = foldOf is null
                ? [.. search.Candidates.Select(one => search.Default with { Candidate = one })]
                : search.Measure(drawn, foldOf, cancel);
            for (int way = 0; way < scores.Count; way++)
            {
                right[way] += Right(search, scores[way], drawn, test, cancel);
            }

            if (choose)
            {
                CourseScore choice = foldOf is null ? search.Default : TeachSearch.Best(scores);
                right[^1] += Right(search, choice, drawn, test, cancel);
            }
        }

        return right;
    }

    private int Right(TeachSearch search, CourseScore choice, int[] drawn, int[] test, CancellationToken cancel)
    {
        FewShotClassifier classifier = search.Fit(choice, drawn, cancel);
        float[][] rows = classifier.Predict([.. test.Select(i => search.Joined(choice.Candidate, i))]);
        return rows.Zip(test, (row, i) => ScoreMatrix.BestOf(row) == clips[i].Clip.Class ? 1 : 0).Sum();
    }

    private int[] Draw(int[] train, int? shots, int draw, int split)
    {
        // In the order of their names, so that the order of the folder does not matter.
        int[] named = [.. train.OrderBy(i => clips[i].Clip.Path, StringComparer.Ordinal)];
        SeededRandom random = new SeededRandom(options.Seed).Derive((ulong)draw).Derive((ulong)split);
        return
        [
            .. StratifiedDraw
                .Shuffled([.. named.Select(i => clips[i].Clip.Class)], random)
                .SelectMany(own => own.Items.Take(shots ?? int.MaxValue))
                .Select(item => named[item]),
        ];
    }
}
