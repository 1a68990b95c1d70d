using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Courses;

namespace TaskGrain.Transfer;

/// <summary>Fits a classifier of courses on the features of a few clips, for <see cref="FewShotTrainer"/>.</summary>
internal static class TimelineTrainer
{
    /// <summary>Chooses the regularisation by cross-validation inside the clips, then fits on all of them.</summary>
    public static FewShotFit Fit(
        ClassifierKind kind,
        IReadOnlyList<FeatureSequence> clips,
        IReadOnlyList<int> labels,
        int classes,
        FewShotOptions options,
        ulong seed
    )
    {
        var search = new CourseSearch([clips], labels, classes, options.ThreadCount);
        var candidate = new CourseCandidate([0], kind);
        int[] all = [.. Enumerable.Range(0, clips.Count)];
        int folds = StratifiedFolds.Possible(labels, options.Folds);
        CourseScore? score =
            folds < 2 ? null : search.Measure(all, StratifiedFolds.Draw(labels, folds, seed), [candidate], default)[0];
        double ridge = score?.Ridge ?? CourseSearch.DefaultRidge;
        return new FewShotFit(
            search.Fit(candidate, ridge, score?.Temperature ?? CourseSearch.DefaultTemperature, all),
            new FewShotSelection
            {
                Setting = new FewShotSetting(ridge, 0),
                Updates = 0,
                Folds = Math.Max(1, folds),
                VarianceKept = 1,
                Accuracy = score?.Accuracy,
                Loss = score?.Loss,
                HeldOut = score?.Rows,
            }
        );
    }
}
